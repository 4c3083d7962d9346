import { fail, ok, type Result } from "../../errors/problem.ts";
import { findCommit, versionTag } from "../../host/version.ts";
import type { OpenEnvironment } from "../opened.ts";
import type { Served } from "../records/entry.ts";
import { servingLine, versionBefore } from "../records/history.ts";
import { readStandings } from "../records/journal.ts";
import { noRecord } from "../records/no-record.ts";
import { knownAs } from "../records/served.ts";
import type { Standing } from "../records/state.ts";

export interface RollbackTarget {
  readonly kind: "rollback";
  readonly commit: string;
  readonly tag?: string;
  /** Set where the provider still holds it; else it is deployed from its source again. */
  readonly back?: Served;
}

const looked = 50;

/** What a person means by 'back': a named deployment, commit or tag, or the version before this one. */
export async function findRollback(
  root: string,
  opened: OpenEnvironment,
  to: string | undefined,
): Promise<Result<RollbackTarget>> {
  const standings = await readStandings(opened.store, looked);
  if (standings.kind !== "ok") return noRecord(opened, standings);
  const target = to
    ? await named(root, standings.value, to)
    : await before(opened, standings.value);
  if (!target.ok) return target;
  return withProvider(root, opened, target.value);
}

async function before(
  { provider, environment }: OpenEnvironment,
  standings: readonly Standing[],
): Promise<Result<Partial<Served>>> {
  const serving = await provider.serving();
  const now =
    serving.kind === "ok" && serving.value ? knownAs(serving.value, standings) : undefined;
  const found = versionBefore(standings, now);
  if (found) return ok(found);
  const serves = now && (now.tag ?? now.commit?.slice(0, 12) ?? now.id);
  return fail({
    code: "GANTRY-ROLLBACK-TARGET",
    message: `the record of \`${environment.name}\` has no proven version before ${serves ? `${serves}, which serves` : "this: nothing serves there"}`,
    mend: `name one: \`gantry rollback --env ${environment.name} --to TAG\`; \`gantry history --env ${environment.name}\` shows what was deployed`,
  });
}

/** A deployment's id or key as the record has it, else whatever git makes of the word. */
async function named(
  root: string,
  standings: readonly Standing[],
  word: string,
): Promise<Result<Partial<Served>>> {
  const line = servingLine(standings);
  const byName = line.findLast(({ serving }) => serving?.id === word || serving?.key === word);
  if (byName?.serving) return ok(byName.serving);
  const commit = await findCommit(root, word);
  if (!commit.ok) return commit;
  const byCommit = line.findLast(
    ({ serving, proven }) => proven && serving?.commit === commit.value,
  );
  return ok(byCommit?.serving ?? { commit: commit.value });
}

async function withProvider(
  root: string,
  { provider, environment }: OpenEnvironment,
  { id, key, commit, tag }: Partial<Served>,
): Promise<Result<RollbackTarget>> {
  const held = id === undefined ? undefined : await provider.canBringBack(id);
  const canBringBack = held?.kind === "ok" && held.value;
  if (commit === undefined) {
    return fail({
      code: "GANTRY-ROLLBACK-TARGET",
      message: `\`${id}\` was not deployed by Gantry, so nobody knows its commit`,
      mend: `name a tag or commit: \`gantry rollback --env ${environment.name} --to TAG\``,
    });
  }
  const name = tag ?? (await versionTag(root, commit));
  const back = canBringBack && id !== undefined && { id, ...(key && { key }), commit };
  return ok({ kind: "rollback", commit, ...(name && { tag: name }), ...(back && { back }) });
}
