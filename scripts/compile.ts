/**
 * Compiles the command line into few files, which Node.js loads in two thirds of the time that it
 * takes for hundreds: `pipeline/src/cli/bin.ts` ─► `.gantry/compiled/`, with the entry's name in
 * `entry`. `scripts/gantry` asks for it whenever a source has changed.
 */
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Plugin, rolldown } from "rolldown";
import { withoutLocales } from "./without-locales.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".gantry/compiled");
const commandLine = join(root, "pipeline/src/cli");
const aWeek = 7 * 24 * 3600 * 1000;

/** What each of these imports is one file, since it is loaded at once: what people ask for most. */
const loadedTogether = {
  release: ["main.ts", "commands/release.ts", "release/open.ts", "release/release.ts"],
  // What a release is inferred from, of which one parser is needed at most.
  inferred: ["../config/infer/release/infer-release.ts"],
  toml: ["../config/infer/release/parsers/toml.ts"],
  yaml: ["../config/infer/release/parsers/yaml.ts"],
  plan: ["commands/plan.ts", "project.ts", "config-file.ts", "run/read-run.ts"],
};

const begun = await now();
const files = await compile();
await nameEntry(files[0] as string);
await prune(new Set(files));

/** In seconds, by the clock of the file system, which may be another machine's, and its resolution. */
async function now(): Promise<number> {
  await mkdir(folder, { recursive: true });
  const probe = join(folder, `now-${process.pid}`);
  await writeFile(probe, "");
  const { mtimeMs } = await stat(probe);
  await rm(probe);
  // Whatever changes from here on is newer.
  return (mtimeMs - 100) / 1000;
}

/** Answers the names of the files, the entry's first. */
async function compile(): Promise<string[]> {
  const { plugin, groups } = grouping();
  const compiler = await rolldown({
    input: join(commandLine, "bin.ts"),
    cwd: root,
    platform: "node",
    plugins: [plugin, whereItStands(), withoutLocales],
    // It would say which dynamic imports save nothing.
    logLevel: "silent",
  });
  const { output } = await compiler.write({
    dir: folder,
    // Asking for a module of Node.js in the other form loads all that it can ever give.
    format: "cjs",
    entryFileNames: "[name]-[hash].cjs",
    chunkFileNames: "[name]-[hash].cjs",
    codeSplitting: { groups },
  });
  return output.map(({ fileName }) => fileName);
}

interface Grouping {
  readonly plugin: Plugin;
  readonly groups: { name: string; test: (id: string) => boolean; priority: number }[];
}

/** Sorts modules into the first of the groups that imports them, dynamic imports aside. */
function grouping(): Grouping {
  const group = new Map<string, string>();
  const names = Object.keys(loadedTogether);
  const plugin: Plugin = {
    name: "grouping",
    buildEnd() {
      const add = (id: string, name: string): void => {
        if (group.has(id)) return;
        group.set(id, name);
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) add(imported, name);
      };
      for (const [name, entries] of Object.entries(loadedTogether)) {
        for (const entry of entries) {
          const id = join(commandLine, entry);
          if (!this.getModuleInfo(id)) throw new Error(`the command line has no ${entry}`);
          add(id, name);
        }
      }
    },
  };
  const groups = names.map((name, index) => ({
    name,
    test: (id: string) => group.get(id) === name,
    priority: names.length - index,
  }));
  return { plugin, groups };
}

/** Sources find their neighbours (the daemon, the examples) by where they themselves stand. */
function whereItStands(): Plugin {
  return {
    name: "where-it-stands",
    transform: {
      filter: { id: /\/pipeline\/src\/.*\.ts$/, code: "import.meta.url" },
      handler: (code, id) =>
        code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href)),
    },
  };
}

/** Last and at once: another run may be reading it. */
async function nameEntry(entry: string): Promise<void> {
  const own = join(folder, `entry-${process.pid}`);
  await writeFile(own, `${entry}\n`);
  await utimes(own, begun, begun);
  await rename(own, join(folder, "entry"));
}

/** A run that began before may still load its own files, so they stay for a week. */
async function prune(current: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name === "entry" || current.has(name)) continue;
    const path = join(folder, name);
    if ((await stat(path)).mtimeMs < Date.now() - aWeek) await rm(path, { force: true });
  }
}
