import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { lockCommand } from "../../dependencies/locks/lock-command.ts";
import { lockedOf } from "../../dependencies/locks/lock-end.ts";
import type { LockSite } from "../../dependencies/locks/lock-sites.ts";
import type { FileContent } from "../../dependencies/report/report.ts";
import type { Locked } from "../../dependencies/search/ports.ts";
import type { Toolchain } from "../../plan/plan.ts";
import { stepEnvironment } from "../environment.ts";
import { runProcess } from "../process.ts";
import type { Copy } from "../source/copy.ts";
import type { ToolShed } from "../tools.ts";

export interface LockRunner {
  readonly copy: Copy;
  readonly shed: ToolShed;
  /** Where download caches are kept. */
  readonly home: string;
  readonly machine: NodeJS.ProcessEnv;
  readonly toolchain: (component: string) => Toolchain | undefined;
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
}

const mostOutput = 64 * 1024;
const limitMilliseconds = 10 * 60 * 1000;

/** Lets a package manager write a lock anew in the copy, and takes what it wrote. */
export async function runLock(
  runner: LockRunner,
  site: LockSite,
  files: readonly FileContent[],
  packages: readonly string[] | "all",
): Promise<Locked> {
  const { copy, note } = runner;
  const tools = await toolsFor(runner, site);
  if (!tools.ok) return { kind: "world", reason: tools.reason, mend: tools.mend };
  // npm takes old answers for new ones when the registry is gone: at the start it has none.
  if (packages === "all") await rm(npmCache(copy), { recursive: true, force: true });
  const text = files.find(({ path }) => path === site.lock)?.content ?? "";
  const argv = lockCommand(site, text, packages);
  note(`${site.lock}: ${argv.slice(0, 6).join(" ")}${argv.length > 6 ? " …" : ""}`);
  const before = await texts(copy, files);
  await copy.write(files);
  const { exit, ended, output } = await runIn(runner, site, argv, tools.path);
  const written = await copy.read(site.lock);
  await copy.write(before);
  return lockedOf(site, { program: argv[0], exit, ended, output, written });
}

/** Files as they stand, to be put back. */
async function texts(copy: Copy, files: readonly FileContent[]): Promise<FileContent[]> {
  const read = files.map(async ({ path }) => ({ path, content: (await copy.read(path)) ?? "" }));
  return Promise.all(read);
}

async function toolsFor(
  { shed, toolchain, note }: LockRunner,
  { components, lock }: LockSite,
): Promise<{ ok: true; path: readonly string[] } | { ok: false; reason: string; mend: string }> {
  const wanted = toolchain(components[0] ?? "");
  if (!wanted) throw new Error(`no toolchain is known for ${lock}`);
  const found = await shed.find(wanted, note);
  return found.ok ? { ok: true, path: found.tools.path } : found;
}

async function runIn(
  { copy, home, machine, signal }: LockRunner,
  { folder }: LockSite,
  argv: Parameters<typeof runProcess>[0]["argv"],
  path: readonly string[],
): Promise<Awaited<ReturnType<typeof runProcess>> & { readonly output: string }> {
  const own = { home: join(copy.scratch, "home"), temporary: join(copy.scratch, "tmp") };
  await Promise.all(Object.values(own).map((folder) => mkdir(folder, { recursive: true })));
  const base = {
    ...own,
    caches: join(home, "cache"),
    path,
    runId: "updates",
    ceiling: copy.scratch,
  };
  let output = "";
  const end = await runProcess({
    argv,
    cwd: join(copy.folder, folder),
    env: { ...stepEnvironment(machine, base), npm_config_cache: npmCache(copy) },
    signal: AbortSignal.any([signal, AbortSignal.timeout(limitMilliseconds)]),
    output: async (chunk) => {
      output = (output + chunk).slice(-mostOutput);
    },
  });
  return { ...end, output };
}

function npmCache({ scratch }: Copy): string {
  return join(scratch, "npm");
}
