import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Files below a folder that hold one of the secrets. */
export async function filesWith(folder: string, secrets: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  if (files.length === 0) throw new Error(`${folder} holds nothing that could be searched`);
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, "latin1");
      return secrets.some((secret) => text.includes(secret)) ? [file] : [];
    }),
  );
  return found.flat();
}

export interface Watch {
  /** Command lines that held a secret, and how many command lines of the command were seen. */
  readonly stop: () => Promise<{ readonly found: readonly string[]; readonly seen: number }>;
}

/** Looks at every process's command line, again and again, until it is stopped. */
export function watchCommandLines(secrets: readonly string[], command: string): Watch {
  const found = new Set<string>();
  let seen = 0;
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      for (const line of await commandLines()) {
        if (line.includes(command)) seen += 1;
        if (secrets.some((secret) => line.includes(secret))) found.add(line);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    async stop() {
      stopped = true;
      await watching;
      return { found: [...found], seen };
    },
  };
}

async function commandLines(): Promise<readonly string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const read = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "latin1").catch(() => ""));
  return Promise.all(read);
}
