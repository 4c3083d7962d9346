import type { ActSpec, MeantVersion } from "../../deploy/contained.ts";
import type { OpenEnvironment } from "../../deploy/opened.ts";
import { findPromotion } from "../../deploy/wanted/find-promotion.ts";
import { findRollback } from "../../deploy/wanted/find-rollback.ts";
import { ok, type Problem, type Result } from "../../errors/problem.ts";
import { findCommit, versionTag } from "../../host/version.ts";
import { openPlace } from "./open-place.ts";

/** Which version is meant: as git, the record or another environment say. */
export async function findMeant(
  spec: ActSpec,
  opened: OpenEnvironment,
): Promise<MeantVersion | { readonly problems: readonly Problem[] }> {
  const found = await find(spec, opened);
  return found.ok ? found.value : { problems: found.problems };
}

async function find(spec: ActSpec, opened: OpenEnvironment): Promise<Result<MeantVersion>> {
  const { act, root } = spec;
  switch (act.kind) {
    case "deploy":
      return findDeploy(root, act.ref);
    case "rollback":
      return findRollback(root, opened, act.to);
    case "promote": {
      const from = openPlace(act.from, spec);
      return from.ok ? findPromotion(from.value) : from;
    }
  }
}

async function findDeploy(root: string, ref: string): Promise<Result<MeantVersion>> {
  const commit = await findCommit(root, ref);
  if (!commit.ok) return commit;
  const tag = await versionTag(root, commit.value);
  return ok({ kind: "deploy", commit: commit.value, ...(tag && { tag }) });
}
