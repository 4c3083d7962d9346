import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A stand-in that runs as a program of its own, steered through its control address. */
export interface Program<Said> {
  readonly said: Said;
  readonly steer: <T = unknown>(control: string, body?: object) => Promise<T>;
  readonly end: () => Promise<void>;
}

export interface RailwaySaid {
  readonly address: string;
  readonly control: string;
  readonly tokens: { readonly production: string; readonly staging: string };
  readonly production: { readonly environmentId: string; readonly url: string };
  readonly staging: { readonly environmentId: string; readonly url: string };
}

export interface GithubSaid {
  readonly address: string;
  readonly control: string;
  readonly repository: string;
  readonly tokens: { readonly write: string; readonly read: string };
}

/** Its time runs so fast that a deployment takes milliseconds: what waits, waits for a fault. */
export function startRailwayProgram(): Promise<Program<RailwaySaid>> {
  return startProgram("railway", ["--speed", "2000", "--requests-per-hour", "1000000"]);
}

export function startGithubProgram(): Promise<Program<GithubSaid>> {
  return startProgram("github", []);
}

async function startProgram<Said extends { readonly control: string }>(
  name: string,
  args: readonly string[],
): Promise<Program<Said>> {
  const main = join(import.meta.dirname, "../../stand-ins", name, "main.ts");
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const said = JSON.parse(line) as Said;
  return {
    said,
    end: () => end(child),
    async steer<T>(control: string, body: object = {}) {
      const init = { method: "POST", body: JSON.stringify(body) };
      const answer = await fetch(`${said.control}/${control}`, init);
      const json = (await answer.json()) as T;
      if (!answer.ok) throw new Error(JSON.stringify(json));
      return json;
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
