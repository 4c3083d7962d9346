import { type Answer, mapOk, ok, thenOk } from "../../network/answer.ts";
import { findBranch } from "../client/git/branches.ts";
import type { Connection } from "../client/rest/connection.ts";
import { findProtection, putProtection, requireSignatures } from "../client/settings/protection.ts";
import type { Protection } from "../client/settings/protection-form.ts";
import {
  createRuleset,
  findRuleset,
  listRulesets,
  type Ruleset,
  updateRuleset,
} from "../client/settings/rulesets.ts";
import { mendClassic, readClassic } from "./classic.ts";
import { mendRuleset, readRuleset, rulesetName } from "./ruleset.ts";
import { compare, type Drift } from "./settings.ts";
import type { WantedBranch } from "./wanted.ts";

/** A branch as GitHub has it, and where that differs. */
export interface FoundBranch {
  readonly found: Found;
  readonly drift: readonly Drift[];
}

type Found =
  | { readonly kind: "missing" }
  | { readonly kind: "classic"; readonly protection: Protection | undefined }
  | { readonly kind: "ruleset"; readonly ruleset: Ruleset | undefined };

/** Looks at one branch. Changes nothing. */
export async function lookAtBranch(
  connection: Connection,
  wanted: WantedBranch,
): Promise<Answer<FoundBranch>> {
  const { branch, kind } = wanted;
  const there = await findBranch(connection, branch);
  if (there.kind !== "ok") return there;
  if (!there.value) return ok({ found: { kind: "missing" }, drift: missing(wanted) });
  if (kind === "classic") {
    const answer = await findProtection(connection, branch);
    return mapOk(answer, (protection) => ({
      found: { kind, protection },
      drift: compare(wanted.settings, readClassic(protection)),
    }));
  }
  return mapOk(await ownRuleset(connection, branch), (ruleset) => ({
    found: { kind, ruleset },
    drift: compare(wanted.settings, readRuleset(ruleset, branch)),
  }));
}

/** A branch that nobody named, such as develop, may be missing. */
function missing({ named }: WantedBranch): Drift[] {
  return named ? [{ path: "exists", wanted: true, found: false }] : [];
}

async function ownRuleset(
  connection: Connection,
  branch: string,
): Promise<Answer<Ruleset | undefined>> {
  return thenOk(await listRulesets(connection), (all) => {
    const own = all.find(({ name }) => name === rulesetName(branch));
    return own ? findRuleset(connection, own.id) : ok(undefined);
  });
}

/** Puts right what differs, and writes everything else back as it was found. */
export async function mendBranch(
  connection: Connection,
  branch: string,
  { found, drift }: FoundBranch,
): Promise<Answer<undefined>> {
  if (found.kind === "missing") return ok(undefined);
  if (found.kind === "classic") return mendProtection(connection, branch, found.protection, drift);
  const wanted = mendRuleset(found.ruleset, drift, branch);
  const answer = found.ruleset
    ? await updateRuleset(connection, found.ruleset.id, wanted)
    : await createRuleset(connection, wanted);
  return mapOk(answer, () => undefined);
}

/** Signed commits are asked for by a request of its own, which only a protected branch takes. */
async function mendProtection(
  connection: Connection,
  branch: string,
  found: Protection | undefined,
  drift: readonly Drift[],
): Promise<Answer<undefined>> {
  const signed = drift.find(({ path }) => path === "signedCommits");
  const others = drift.filter((one) => one !== signed);
  const put =
    others.length > 0 || !found
      ? await putProtection(connection, branch, mendClassic(found, others))
      : ok(undefined);
  if (put.kind !== "ok" || !signed) return put;
  return requireSignatures(connection, branch, signed.wanted === true);
}

/** What else GitHub holds against the branch, so that mending the one may not be enough. */
export async function otherKind(
  connection: Connection,
  { branch, kind }: WantedBranch,
): Promise<string | undefined> {
  if (kind === "classic") {
    const rulesets = await listRulesets(connection);
    const own =
      rulesets.kind === "ok" && rulesets.value.some(({ name }) => name === rulesetName(branch));
    return own
      ? `\`${branch}\` also has the ruleset \`${rulesetName(branch)}\`, which holds beside its protection and is left alone`
      : undefined;
  }
  const classic = await findProtection(connection, branch);
  return classic.kind === "ok" && classic.value
    ? `\`${branch}\` also has a branch protection, which holds beside the ruleset and is left alone`
    : undefined;
}
