import { readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import semver from "semver";
import { machinePath } from "../environment.ts";
import {
  type FoundTools,
  inTurn,
  lastLine,
  type Search,
  type ToolsResult,
  versionOf,
} from "./search.ts";

/** uv, and the Python that is asked for. */
export async function findPythonTools(search: Search): Promise<ToolsResult> {
  const uv = await inTurn(join(search.folder, "uv"), () => findUv(search));
  return uv.ok ? withPython(uv.tools, search) : uv;
}

/**
 * The Python that a component names, or uv's own build of it. A machine that has neither cannot
 * check the component, which is no fault of its code.
 */
async function withPython(uvItself: FoundTools, search: Search): Promise<ToolsResult> {
  const { toolchain, folder, machine, note } = search;
  const tools = { ...uvItself, path: [...uvItself.path, ...(await otherPythons(machine))] };
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
      path: [dirname(python), ...tools.path],
      versions: { ...tools.versions, python: (await versionOf(python)) ?? version },
    },
  };
}

/**
 * pyenv puts a stand-in for every Python it has on the path, and all but the chosen ones refuse.
 * Its real folders come before these, the machine's own choice first and then the newest.
 */
async function otherPythons(machine: NodeJS.ProcessEnv): Promise<string[]> {
  const versions = join(machine.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions");
  const names = await readdir(versions).catch(() => []);
  const known = names.filter((name) => semver.valid(name) && semver.gte(name, "3.8.0"));
  if (known.length === 0) return [];
  const own = await execa("python3", ["-c", "import sys; print(sys.executable)"], {
    reject: false,
    env: machine,
    stdin: "ignore",
  });
  const chosen = own.failed ? [] : [dirname(String(own.stdout).trim())];
  return [...chosen, ...semver.rsort(known).map((name) => join(versions, name, "bin"))];
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
