import { isPlainName } from "../locks/lock-command.ts";
import { raiseIn } from "../manifests/manifests.ts";
import type { FileContent } from "../report/report.ts";
import { ignoredFor, type UpdateSettings, wantsMajor } from "../settings.ts";
import type { FactsOf } from "../versions/asked.ts";
import type { Change } from "../versions/changes.ts";
import { compareVersions, kindOfChange } from "../versions/kind.ts";
import type { LockOutcome } from "./update.ts";

export interface ReachRequest {
  readonly settings: UpdateSettings;
  readonly today: string;
  readonly facts: FactsOf;
  /** The manifests of a lock, as they are. */
  readonly manifests: (lock: LockOutcome) => Promise<readonly FileContent[]>;
}

/** A lock, and what lies beyond its ranges and may be reached by raising them. */
export interface Reach {
  readonly lock: LockOutcome;
  readonly manifests: readonly FileContent[];
  readonly changes: readonly Change[];
}

/** What the settings name of it, as far as the registry has something newer. */
export async function reachOf(lock: LockOutcome, request: ReachRequest): Promise<Reach> {
  const { settings, today, facts } = request;
  const wanted = lock.packages.filter(
    ({ name, direct, origin }, at) =>
      direct &&
      origin === "registry" &&
      at === lock.packages.findLastIndex((one) => one.name === name) &&
      isPlainName(name) &&
      wantsMajor(settings, name) &&
      !ignoredFor(settings, name, today),
  );
  const manifests = wanted.length > 0 ? await request.manifests(lock) : [];
  const { ecosystem } = lock.site;
  const changes = wanted.flatMap(({ name, version: from, origin, registry }): Change[] => {
    const to = facts(lock.site.lock, name)?.latest;
    if (to === undefined || compareVersions(ecosystem, to, from) <= 0) return [];
    if (raiseIn(manifests, name, to).length === 0) return [];
    const kind = kindOfChange(ecosystem, from, to);
    return [
      { name, ecosystem, from, to, kind, direct: true, origin, ...(registry && { registry }) },
    ];
  });
  return { lock, manifests, changes };
}
