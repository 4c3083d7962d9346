import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import type { StepResult } from "../../execute/executor.ts";
import type { ExecStep } from "../../plan/step.ts";
import { exists } from "../exists.ts";
import type { Host } from "./host.ts";
import { removeFolder } from "./workspaces.ts";

export interface PrepareRequest {
  readonly host: Host;
  readonly step: ExecStep;
  readonly workspace: string;
  readonly run: () => Promise<StepResult>;
}

const reused: StepResult = { kind: "exited", exit: 0, reports: [], reused: true };
const underWay = new Map<string, Promise<unknown>>();

/**
 * An install step: with the same command, input files and tools its trees are not made again. What
 * is there for other inputs is thrown away first, so that nothing stale makes a test pass.
 */
export async function prepare(request: PrepareRequest): Promise<StepResult> {
  const { step, workspace, host } = request;
  const key = keyOf(request);
  if (!key) return request.run();
  const marker = join(`${workspace}.trees`, `${step.id.replaceAll("/", ".")}.key`);
  if (await isReady(request, marker, key)) return reused;

  await rm(marker, { force: true });
  await Promise.all(
    (step.prepares?.trees ?? []).map((tree) => removeFolder(join(workspace, tree))),
  );
  const result = step.prepares?.movable
    ? await oneAtATime(key, () => fromStore(request, join(host.workspaces.root, "trees", key)))
    : await request.run();
  if (result.kind === "exited" && result.exit === 0 && !result.ended) {
    await mkdir(dirname(marker), { recursive: true });
    await writeFile(marker, key);
  }
  return result;
}

/** Everything that the trees depend on; none where the step may read the whole source. */
function keyOf({ host, step, workspace }: PrepareRequest): string | undefined {
  if (!step.inputs.include) return undefined;
  const wanted = new Set(step.inputs.include);
  const files = host.source.files.filter((file) => wanted.has(file.path));
  // A process of this machine meets no image.
  const { browsers: _, ...toolchain } = host.plan.toolchains[step.toolchain] ?? {};
  const facts = {
    argv: step.argv,
    directory: step.directory,
    env: step.env,
    files: files.map(({ path, id }) => [path, id]),
    toolchain,
    // A virtual environment says where it stands: in a copied repository it would run the other's files.
    at: step.prepares?.movable ? undefined : workspace,
    machine: [process.platform, process.arch, host.versions.get("node")],
  };
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 32);
}

async function isReady(
  { step, workspace }: PrepareRequest,
  marker: string,
  key: string,
): Promise<boolean> {
  if ((await readFile(marker, "utf8").catch(() => "")) !== key) return false;
  const there = await Promise.all(
    (step.prepares?.trees ?? []).map((tree) => exists(join(workspace, tree))),
  );
  return there.every(Boolean);
}

/** Two stages that want the same trees do not both make them. */
async function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = underWay.get(key) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(work);
  underWay.set(key, mine);
  return mine;
}

/** Trees that work anywhere are kept once and linked into each workspace. */
async function fromStore(request: PrepareRequest, store: string): Promise<StepResult> {
  const { step, workspace, run } = request;
  const trees = step.prepares?.trees ?? [];
  if (await exists(store)) {
    const linked = await Promise.all(
      trees.map((tree) => linkTree(join(store, tree), join(workspace, tree))),
    );
    if (linked.every(Boolean)) return reused;
    await Promise.all(trees.map((tree) => removeFolder(join(workspace, tree))));
  }
  const result = await run();
  if (result.kind !== "exited" || result.exit !== 0) return result;
  const staging = `${store}.${process.pid}`;
  const kept = await Promise.all(
    trees.map((tree) => linkTree(join(workspace, tree), join(staging, tree))),
  );
  if (kept.every(Boolean)) await rename(staging, store).catch(() => removeFolder(staging));
  else await removeFolder(staging);
  return result;
}

/** Copies a tree by hard links where the system's `cp` can, else by content. */
async function linkTree(from: string, to: string): Promise<boolean> {
  if (!(await exists(from))) return false;
  await mkdir(dirname(to), { recursive: true });
  const linked = await execa("cp", ["-al", "--", from, to], { reject: false, stdin: "ignore" });
  if (!linked.failed) return true;
  await removeFolder(to);
  const copied = await execa("cp", ["-a", "--", from, to], { reject: false, stdin: "ignore" });
  return !copied.failed;
}
