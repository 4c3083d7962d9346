import { constants } from "node:fs";
import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import semver from "semver";
import type { Toolchain } from "../plan/plan.ts";
import { npmPackageOf } from "../stages/toolchains/node-manager.ts";
import { machinePath } from "./environment.ts";

/** A toolchain on this machine: where its programs are, and which versions they have. */
export interface FoundTools {
  readonly path: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}

export type ToolsResult =
  | { readonly ok: true; readonly tools: FoundTools }
  | { readonly ok: false; readonly reason: string; readonly mend: string };

/** Finds or installs toolchains under one folder; each is looked for once in a run. */
export interface ToolShed {
  readonly find: (toolchain: Toolchain, note: (text: string) => void) => Promise<ToolsResult>;
}

export function createToolShed(folder: string, machine: NodeJS.ProcessEnv): ToolShed {
  const found = new Map<string, Promise<ToolsResult>>();
  return {
    find(toolchain, note) {
      const key = JSON.stringify([toolchain.kind, toolchain.version, toolchain.tools]);
      const known = found.get(key) ?? findTools({ toolchain, folder, machine, note });
      found.set(key, known);
      return known;
    },
  };
}

interface Search {
  readonly toolchain: Toolchain;
  readonly folder: string;
  readonly machine: NodeJS.ProcessEnv;
  readonly note: (text: string) => void;
}

async function findTools(search: Search): Promise<ToolsResult> {
  if (search.toolchain.kind !== "python") return findNode(search);
  const uv = await findUv(search);
  return uv.ok ? withPython(uv.tools, search) : uv;
}

/**
 * The Python that a component names, or uv's own build of it. A machine that has neither cannot
 * check the component, which is no fault of its code.
 */
async function withPython(tools: FoundTools, search: Search): Promise<ToolsResult> {
  const { toolchain, folder, machine, note } = search;
  const { version } = toolchain;
  if (!version) return { ok: true, tools };
  const env = {
    ...machine,
    PATH: [...tools.path, ...machinePath(machine)].join(delimiter),
    UV_PYTHON_INSTALL_DIR: join(folder, "python"),
  };
  const uv = (...args: string[]): Promise<{ failed: boolean; all?: unknown; stdout?: unknown }> =>
    execa("uv", args, { reject: false, all: true, env, cwd: folder, stdin: "ignore" });
  let found = await uv("python", "find", "--no-project", version);
  if (found.failed) {
    note(`installing Python ${version} under ${folder}`);
    const installed = await uv("python", "install", "--no-bin", version);
    if (installed.failed) {
      return {
        ok: false,
        reason: `Python ${version} is not on this machine and could not be installed: ${lastLine(String(installed.all ?? ""))}`,
        mend: `install Python ${version}, or ask for another with \`python:\` or in .python-version`,
      };
    }
    found = await uv("python", "find", "--no-project", version);
  }
  const python = String(found.stdout ?? "").trim();
  return {
    ok: true,
    tools: {
      path: [...tools.path, dirname(python)],
      versions: { ...tools.versions, python: (await versionOf(python)) ?? version },
    },
  };
}

/** uv at the pinned version: the machine's own if it is that one, else one under our folder. */
async function findUv({ toolchain, folder, machine, note }: Search): Promise<ToolsResult> {
  const wanted = toolchain.tools.uv as string;
  const own = join(folder, `uv-${wanted}`, "bin");
  if ((await versionOf(join(own, "uv"))) === wanted) return uvAt([own], wanted);
  if ((await versionOf("uv", machine)) === wanted) return uvAt([], wanted);
  const python = await findPython(machine);
  if (!python) {
    return {
      ok: false,
      reason: `uv ${wanted} is not on this machine, and without a python3 with pip it cannot be installed`,
      mend: "install Python 3.9 or newer with pip, or uv itself",
    };
  }
  note(`installing uv ${wanted} under ${folder}`);
  const target = join(folder, `uv-${wanted}`);
  const staging = `${target}.${process.pid}`;
  const args = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-deps",
    "--target",
    staging,
    `uv==${wanted}`,
  ];
  const result = await execa(python, args, { reject: false, all: true, stdin: "ignore" });
  if (result.failed) {
    await rm(staging, { recursive: true, force: true });
    return {
      ok: false,
      reason: `uv ${wanted} could not be installed: ${lastLine(String(result.all ?? ""))}`,
      mend: "check that this machine reaches PyPI (a proxy or its certificate may be missing), or install uv yourself",
    };
  }
  await rm(target, { recursive: true, force: true });
  await rename(staging, target);
  return uvAt([own], wanted);
}

function uvAt(path: readonly string[], version: string): ToolsResult {
  return { ok: true, tools: { path, versions: { uv: version } } };
}

async function findPython(machine: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const name of ["python3", "python"]) {
    const result = await execa(name, ["-m", "pip", "--version"], {
      reject: false,
      env: machine,
      stdin: "ignore",
    });
    if (!result.failed) return name;
  }
  return undefined;
}

/** The machine's Node.js if it fits, else the npm package of the wanted version. */
async function findNode({ toolchain, folder, machine, note }: Search): Promise<ToolsResult> {
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
  const npm = await execa("npm", ["--version"], { reject: false, env: machine, stdin: "ignore" });
  if (!npm.failed) versions.npm = String(npm.stdout).trim();
  return { ok: true, tools: { path, versions } };
}

interface NpmInstall {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly machine: NodeJS.ProcessEnv;
  readonly note: (text: string) => void;
}

async function installNpm(
  request: NpmInstall,
): Promise<{ ok: true; folder: string } | Extract<ToolsResult, { ok: false }>> {
  const { name, version, note } = request;
  const target = join(request.folder, `${name.replaceAll("/", "+")}-${version}`);
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

async function programOn(path: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of path) {
    const file = join(folder, name);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}

async function versionOf(program: string, env?: NodeJS.ProcessEnv): Promise<string | undefined> {
  const result = await execa(program, ["--version"], {
    reject: false,
    stdin: "ignore",
    ...(env && { env }),
  });
  return result.failed ? undefined : /\d+\.\d+\.\d+/.exec(String(result.stdout))?.[0];
}

async function readable(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    () => false,
  );
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
