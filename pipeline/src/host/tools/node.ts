import { mkdir, readFile, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import semver from "semver";
import { npmPackageOf } from "../../stages/toolchains/node-manager.ts";
import { machinePath } from "../environment.ts";
import {
  type FoundTools,
  inTurn,
  lastLine,
  programOn,
  readable,
  type Search,
  type ToolsResult,
  versionOf,
} from "./search.ts";

/** The machine's Node.js if it fits, else the npm package of the wanted version. */
export async function findNode({ toolchain, folder, machine, note }: Search): Promise<ToolsResult> {
  const wanted = toolchain.version;
  const path = machinePath(machine);
  const node = await programOn(path, "node");
  const version = node && (await versionOf(node));
  if (version && nodeFits(version, wanted)) {
    return withManager(
      { path: [], versions: { node: version } },
      { toolchain, folder, machine, note },
    );
  }
  const major = (wanted ?? "24").replace(/[^\d.].*$/, "");
  const installed = await installNpm({ folder, name: "node", version: major, machine, note });
  if (!installed.ok) return installed;
  const bin = join(installed.folder, "node_modules", "node", "bin");
  const own = (await versionOf(join(bin, "node"))) ?? major;
  return withManager(
    { path: [bin], versions: { node: own } },
    { toolchain, folder, machine, note },
  );
}

/** Any Node at or above the wanted major will do. */
function nodeFits(version: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  const major = Number.parseInt(wanted, 10);
  return Number.isNaN(major) || semver.major(version) >= major;
}

async function withManager(tools: FoundTools, search: Search): Promise<ToolsResult> {
  const { toolchain, folder, machine, note } = search;
  let path = tools.path;
  const versions: Record<string, string> = { ...tools.versions };
  for (const name of ["pnpm", "yarn"] as const) {
    const version = toolchain.tools[name];
    if (!version) continue;
    const brought = npmPackageOf(name, version);
    const installed = await installNpm({ folder, name: brought, version, machine, note });
    if (!installed.ok) return installed;
    path = [join(installed.folder, "node_modules", ".bin"), ...path];
    versions[name] = version;
  }
  const npm = await npmVersion(machinePath(machine));
  if (npm) versions.npm = npm;
  return { ok: true, tools: { path, versions } };
}

/** npm says its version in its own manifest; starting it to ask takes a fifth of a second. */
async function npmVersion(path: readonly string[]): Promise<string | undefined> {
  const program = await programOn(path, "npm");
  if (!program) return undefined;
  const manifest = join(dirname(await realpath(program)), "..", "package.json");
  const text = await readFile(manifest, "utf8").catch(() => "{}");
  const { name, version } = JSON.parse(text) as { name?: string; version?: string };
  return name === "npm" ? version : undefined;
}

interface NpmInstall {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly machine: NodeJS.ProcessEnv;
  readonly note: (text: string) => void;
}

type Installed = { ok: true; folder: string } | Extract<ToolsResult, { ok: false }>;

async function installNpm(request: NpmInstall): Promise<Installed> {
  const { name, version, folder } = request;
  const target = join(folder, `${name.replaceAll("/", "+")}-${version}`);
  return inTurn(target, () => installAt(target, request));
}

async function installAt(target: string, request: NpmInstall): Promise<Installed> {
  const { name, version, note } = request;
  const manifest = join(target, "node_modules", name, "package.json");
  if (await readable(manifest)) return { ok: true, folder: target };
  note(`installing ${name} ${version} under ${request.folder}`);
  await mkdir(target, { recursive: true });
  const args = ["install", "--prefix", target, "--no-audit", "--no-fund", `${name}@${version}`];
  const env = { ...request.machine, PATH: machinePath(request.machine).join(delimiter) };
  const result = await execa("npm", args, {
    reject: false,
    all: true,
    env,
    cwd: target,
    stdin: "ignore",
  });
  if (!result.failed && (await readable(manifest))) return { ok: true, folder: target };
  return {
    ok: false,
    reason: `${name} ${version} could not be installed: ${lastLine(String(result.all ?? ""))}`,
    mend: `install ${name} ${version} yourself, or check that this machine reaches the npm registry`,
  };
}
