import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { root, withoutDocker } from "../../e2e/scratch.ts";
import type { Behaviour } from "../../stand-ins/railway/apps/behaviour.ts";
import {
  type GithubSaid,
  type Program,
  type RailwaySaid,
  startGithubProgram,
  startRailwayProgram,
} from "./programs.ts";

/** A repository, both stand-ins as programs, and the command line between them. */
export interface Place {
  readonly folder: string;
  readonly railway: Program<RailwaySaid>;
  readonly github: Program<GithubSaid>;
  /** Values that must be seen nowhere. */
  readonly secrets: readonly string[];
  /** Everything that any command has written so far. */
  readonly outputs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** A version that behaves so once it is deployed; answers its commit. */
  readonly commit: (version: NewVersion) => Promise<string>;
  readonly git: (...args: string[]) => Promise<unknown>;
  readonly gantry: (args: readonly string[], env?: Env) => Promise<End>;
  /** The same, not waited for. */
  readonly start: (args: readonly string[], env?: Env) => Running;
  readonly remove: () => Promise<void>;
}

export interface NewVersion {
  readonly message: string;
  readonly behaves?: Behaviour;
  /** How the tests that follow the deploy end. */
  readonly tests?: "pass" | "fail";
}

type Env = Readonly<Record<string, string | undefined>>;

export interface End {
  readonly exit: number;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly end: Promise<End>;
  /** Waits until it has written this. */
  readonly says: (words: string) => Promise<void>;
}

export async function createPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "gantry deploy "));
  const [railway, github] = await Promise.all([startRailwayProgram(), startGithubProgram()]);
  const git = async (...args: string[]) => (await execa("git", args, { cwd: folder })).stdout;
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Test");
  await git("config", "user.email", "test@example.com");
  await writeFile(join(folder, "package.json"), packageJson);
  await writeFile(join(folder, "gantry.yaml"), JSON.stringify(configFor(railway.said), null, 2));
  const outputs: string[] = [];
  const env = environmentFor(railway.said, github.said);
  const start = (args: readonly string[], more: Env = {}): Running =>
    startGantry(args, { ...env, ...more }, folder, outputs);
  return {
    folder,
    railway,
    github,
    outputs,
    env,
    git,
    start,
    secrets: [
      railway.said.tokens.production,
      railway.said.tokens.staging,
      github.said.tokens.write,
    ],
    gantry: (args, more) => start(args, more).end,
    async commit({ message, behaves = {}, tests = "pass" }) {
      await writeFile(join(folder, "stand-in.json"), JSON.stringify(behaves));
      await writeFile(join(folder, "deployed.mjs"), testsThat[tests]);
      await git("add", "--all");
      await git("commit", "--quiet", "--allow-empty", "--message", message);
      const sha = String(await git("rev-parse", "HEAD"));
      await github.steer("push", { branch: "main", sha });
      return sha;
    },
    async remove() {
      await Promise.all([railway.end(), github.end()]);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const packageJson = '{ "name": "tiny", "version": "1.0.0", "private": true }\n';

const testsThat = {
  pass: `
const answer = await fetch(process.env.DEPLOYED_URL + "/api/health");
const { commit } = await answer.json();
if (commit !== process.env.EXPECTED_COMMIT) throw new Error("another commit answers: " + commit);
`,
  fail: `console.error("the conversation is broken"); process.exit(1);\n`,
};

function configFor({ production, staging }: RailwaySaid): object {
  const environment = (url: string, token: string, tests: readonly string[]) => ({
    provider: "railway",
    url,
    token,
    tests,
    health: { path: "/api/health", attempts: 5, interval: "200ms", consecutive: 3 },
    settings: { healthcheckTimeout: 200, restartPolicyType: "NEVER" },
    variables: { MODE: "deployed" },
  });
  return {
    components: {
      tiny: {
        path: ".",
        toolchain: "npm",
        tests: {
          unit: { run: "node -e 0", coverage: { minimum: 0 } },
          deployed: { run: "node deployed.mjs" },
        },
      },
    },
    environments: {
      production: {
        branch: "main",
        ...environment(production.url, "RAILWAY_TOKEN", ["deployed"]),
      },
      staging: environment(staging.url, "RAILWAY_STAGING_TOKEN", []),
    },
  };
}

function environmentFor(railway: RailwaySaid, github: GithubSaid): Record<string, string> {
  return {
    ...withoutDocker,
    GANTRY_RAILWAY_URL: railway.address,
    RAILWAY_TOKEN: railway.tokens.production,
    RAILWAY_STAGING_TOKEN: railway.tokens.staging,
    GITHUB_TOKEN: github.tokens.write,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_API_URL: github.address,
    GITHUB_ACTIONS: "",
    GITHUB_EVENT_PATH: "",
    GITHUB_RUN_ID: "",
    NO_COLOR: "1",
  };
}

function startGantry(args: readonly string[], env: Env, cwd: string, outputs: string[]): Running {
  const child = execa(join(root, "scripts", "gantry"), args, {
    cwd,
    env,
    reject: false,
    stdin: "ignore",
    forceKillAfterDelay: false,
  });
  let written = "";
  let ended = false;
  const heard = new EventTarget();
  const take = (chunk: Buffer): void => {
    written += chunk;
    heard.dispatchEvent(new Event("more"));
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  const end = child.then(({ exitCode, signal, stdout, stderr }): End => {
    outputs.push(String(stdout), String(stderr));
    ended = true;
    heard.dispatchEvent(new Event("more"));
    return { exit: exitCode ?? -1, signal, stdout: String(stdout), stderr: String(stderr) };
  });
  const says = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (written.includes(words)) resolve();
        else if (ended) reject(new Error(`it never said ${words}: ${written}`));
      };
      heard.addEventListener("more", look);
      look();
    });
  return { kill: (signal) => void child.kill(signal), end, says };
}
