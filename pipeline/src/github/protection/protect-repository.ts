import type { Config } from "../../config/config.ts";
import type { Survey } from "../../config/survey.ts";
import { fail, ok, type Problem, type Result } from "../../errors/problem.ts";
import type { Connection } from "../client/rest/connection.ts";
import { readRepository } from "../client/settings/repository.ts";
import { problemOf } from "./problems.ts";
import { applyProtection, checkProtection, type Part } from "./protect.ts";
import { type WantedBranch, wantedBranches } from "./wanted.ts";

/** `check` only compares; `apply` mends what differs, and compares again. */
export type ProtectAct = "check" | "apply";

export interface ProtectRequest {
  readonly act: ProtectAct;
  readonly config: Config;
  readonly survey: Survey;
  /** Only these branches, and not how pull requests are merged. */
  readonly only?: readonly string[] | undefined;
}

/** Compares how a repository is protected with what its gantry.yaml asks for, and with `apply` mends it. */
export async function protectRepository(
  connection: Connection,
  request: ProtectRequest,
): Promise<Result<readonly Part[]>> {
  const branches = await branchesOf(connection, request);
  if (!branches.ok) return branches;
  const { act, config, only } = request;
  const squashTitle = !only && config.written.pullRequests?.types !== false;
  const run = act === "apply" ? applyProtection : checkProtection;
  return ok(await run(connection, { branches: branches.value, squashTitle }));
}

async function branchesOf(
  connection: Connection,
  { config, survey, only }: ProtectRequest,
): Promise<Result<readonly WantedBranch[]>> {
  const repository = await readRepository(connection);
  if (repository.kind !== "ok") return fail(problemOf("the repository", repository));
  const { defaultBranch } = repository.value;
  const all = wantedBranches({ config, survey, defaultBranch });
  const unknown = only?.filter((name) => !all.some(({ branch }) => branch === name)) ?? [];
  if (unknown.length > 0) return fail(...unknown.map((name) => notNamed(name, all)));
  return ok(all.filter(({ branch }) => !only || only.includes(branch)));
}

function notNamed(name: string, all: readonly WantedBranch[]): Problem {
  return {
    code: "GANTRY-USAGE",
    message: `nothing says how ${JSON.stringify(name)} is protected`,
    mend: `name it under \`branches\` in gantry.yaml, or one of ${all.map(({ branch }) => branch).join(", ")}`,
  };
}
