import { access, constants, mkdir, statfs } from "node:fs/promises";
import { execa } from "execa";
import { pins } from "../plan/pins.ts";
import { findDocker } from "./docker.ts";

/** One thing that Gantry looks for on a machine. */
export interface Check {
  readonly name: string;
  /** `missing`: nothing runs without it. `optional`: something is not checked without it. */
  readonly state: "there" | "optional" | "missing";
  readonly found: string;
  readonly without: string;
  readonly mend: string;
}

/** Looks at this machine; changes nothing. */
export async function examine(env: NodeJS.ProcessEnv, home: string): Promise<Check[]> {
  return Promise.all([git(env), node(env), python(env), disk(home), docker(env), dagger(env)]);
}

type Facts = Omit<Check, "state" | "found">;

async function git(env: NodeJS.ProcessEnv): Promise<Check> {
  return program("git", ["--version"], "missing", env, {
    name: "git",
    without: "nothing runs: the source is what git says it is",
    mend: "apt-get install git (or brew install git)",
  });
}

async function node(env: NodeJS.ProcessEnv): Promise<Check> {
  return program("npm", ["--version"], "optional", env, {
    name: "Node.js and npm",
    without: "npm components cannot be installed",
    mend: "install Node.js 20.19 or newer from nodejs.org",
  });
}

/** Python with pip is enough: uv comes by it. */
async function python(env: NodeJS.ProcessEnv): Promise<Check> {
  return program("python3", ["-m", "pip", "--version"], "optional", env, {
    name: "Python with pip",
    without: `uv ${pins.uv} cannot be installed, so Python components cannot run`,
    mend: "apt-get install python3 python3-pip",
  });
}

async function program(
  name: string,
  args: readonly string[],
  otherwise: "optional" | "missing",
  env: NodeJS.ProcessEnv,
  facts: Facts,
): Promise<Check> {
  const result = await execa(name, args, { reject: false, env, stdin: "ignore", timeout: 10_000 });
  return result.failed
    ? { ...facts, state: otherwise, found: "not found" }
    : { ...facts, state: "there", found: String(result.stdout).split("\n")[0] ?? "" };
}

const wantedGigabytes = 2;

async function disk(home: string): Promise<Check> {
  const facts: Facts = {
    name: "disk",
    without: "tools and workspaces cannot be kept",
    mend: `give write access to ${home}, and ${wantedGigabytes} GB of room`,
  };
  try {
    await mkdir(home, { recursive: true });
    await access(home, constants.W_OK);
    const { bavail, bsize } = await statfs(home);
    const gigabytes = (bavail * bsize) / 1e9;
    const found = `${gigabytes.toFixed(1)} GB free at ${home}`;
    return { ...facts, found, state: gigabytes < wantedGigabytes ? "missing" : "there" };
  } catch (error) {
    const found = `${home} cannot be written: ${error instanceof Error ? error.message : error}`;
    return { ...facts, found, state: "missing" };
  }
}

async function docker(env: NodeJS.ProcessEnv): Promise<Check> {
  const facts: Facts = {
    name: "Docker",
    without:
      "no image is built (smoke-tests start a process instead), and tests that need services are not checked",
    mend: "install and start Docker: apt-get install docker.io && systemctl start docker",
  };
  const found = await findDocker(env);
  return found.ok
    ? { ...facts, state: "there", found: `daemon ${found.docker.version}` }
    : { ...facts, state: "optional", found: found.reason };
}

async function dagger(env: NodeJS.ProcessEnv): Promise<Check> {
  const facts: Facts = {
    name: "Dagger",
    without: "the plan runs as processes on this machine instead of in containers",
    mend: "install the dagger command (docs.dagger.io/install); it brings its engine by Docker",
  };
  return program("dagger", ["version"], "optional", env, facts);
}
