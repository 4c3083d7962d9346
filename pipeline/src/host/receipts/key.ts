import { createHash, randomUUID } from "node:crypto";
import { arch, hostname, platform, release } from "node:os";
import { type ReceiptInputs, receiptVersion } from "../../execute/receipts/receipt.ts";
import { seesPart, visibleTo } from "../../plan/inputs.ts";
import { allowedEnvironment, machinePath } from "../environment.ts";
import { git, gitLine } from "../git.ts";
import type { Source } from "../source/source.ts";
import type { ToolShed } from "../tools.ts";

export interface KeyRequest {
  readonly source: Source;
  /** What stands for Gantry's own code: what an older one had judged is judged again. */
  readonly core: string;
  readonly shed: ToolShed;
  readonly machine: NodeJS.ProcessEnv;
}

/** All that a step can reach in git's history; undefined where none looks. */
async function historyOf({ steps }: ReceiptInputs, source: Source): Promise<unknown> {
  if (!steps.some(({ inputs }) => inputs.history)) return undefined;
  const refs = await git(source.root, ["for-each-ref", "--format=%(objectname) %(refname)"]);
  const shallow = await gitLine(source.root, ["rev-parse", "--is-shallow-repository"]);
  // Nobody knows what was there: that is unlike anything else.
  return refs.ok ? [source.commit, source.branch, refs.value, shallow] : randomUUID();
}

/** The whole source's hash, or the files that the steps see, where each of them names its own. */
function seenBy({ steps }: ReceiptInputs, source: Source): readonly unknown[] {
  const part = steps.every(({ inputs }) => seesPart(inputs));
  if (!part) return [source.hash];
  const seen = steps.map(({ inputs }) => visibleTo(inputs));
  return source.files.filter(({ path }) => seen.some((sees) => sees(path)));
}

/**
 * The address of everything that goes into steps: their commands, the source that they see, the
 * versions of the tools as they are found now, Gantry's own code, and this machine. None where a tool is missing.
 */
export async function receiptKey(
  inputs: ReceiptInputs,
  { source, core, shed, machine }: KeyRequest,
): Promise<string | undefined> {
  const found = await Promise.all(
    Object.values(inputs.toolchains).map((toolchain) => shed.find(toolchain, () => undefined)),
  );
  const tools = found.flatMap((result) => (result.ok ? [result.tools] : []));
  if (tools.length < found.length) return undefined;
  const facts = {
    version: receiptVersion,
    executor: "host",
    core,
    inputs,
    source: [source.root, ...seenBy(inputs, source)],
    history: await historyOf(inputs, source),
    tools,
    machine: [hostname(), platform(), arch(), release()],
    environment: [allowedEnvironment(machine), machinePath(machine)],
  };
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}
