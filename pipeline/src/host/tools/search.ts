import { constants } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import type { Toolchain } from "../../plan/plan.ts";

/** A toolchain on this machine: where its programs are, and which versions they have. */
export interface FoundTools {
  readonly path: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}

export type ToolsResult =
  | { readonly ok: true; readonly tools: FoundTools }
  | { readonly ok: false; readonly reason: string; readonly mend: string };

/** What is looked for, and where it may be put. */
export interface Search {
  readonly toolchain: Toolchain;
  readonly folder: string;
  readonly machine: NodeJS.ProcessEnv;
  readonly note: (text: string) => void;
}

export async function programOn(
  path: readonly string[],
  name: string,
): Promise<string | undefined> {
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

export async function versionOf(
  program: string,
  env?: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const result = await execa(program, ["--version"], {
    reject: false,
    stdin: "ignore",
    ...(env && { env }),
  });
  return result.failed ? undefined : /\d+\.\d+\.\d+/.exec(String(result.stdout))?.[0];
}

export async function readable(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    () => false,
  );
}

export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

const underWay = new Map<string, Promise<unknown>>();

/** Two components that want the same tool wait for one installation of it. */
export async function inTurn<T>(target: string, work: () => Promise<T>): Promise<T> {
  const before = underWay.get(target) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(work);
  underWay.set(target, mine);
  return mine;
}
