import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A function as the engine comes to know it from the module's source. */
export interface ModuleFunction {
  readonly description: string;
  readonly arguments: Readonly<Record<string, ModuleArgument>>;
}

export interface ModuleArgument {
  readonly description?: string;
  readonly isOptional: boolean;
  readonly defaultPath?: string;
}

interface Scanned {
  readonly objects: Readonly<
    Record<string, { readonly methods: Readonly<Record<string, ModuleFunction>> }>
  >;
}
interface Introspector {
  readonly scan: (files: string[], name: string, load: boolean) => Promise<Scanned>;
}

const source = fileURLToPath(new URL("../../../dagger/src/index.ts", import.meta.url));

/** The engine's own objects: it generates them anew for every module, and npm's package has other files. */
const client = ["Changeset", "Container", "Directory", "File", "GitRepository", "Secret", "Service"]
  .map((name) => `export class ${name} {}`)
  .join("\n");
const sdk = `export * from "../../../client.gen";
export declare const argument: any, check: any, func: any, object: any, dag: any;
`;

/** The module's functions, as the SDK's own introspector reads them; it throws where it does not understand. */
export async function introspect(): Promise<Readonly<Record<string, ModuleFunction>>> {
  const folder = await mkdtemp(join(tmpdir(), "gantry-module-"));
  try {
    return await scanIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function scanIn(folder: string): Promise<Readonly<Record<string, ModuleFunction>>> {
  const files = {
    "src/index.ts": await readFile(source, "utf8"),
    "client.gen.ts": client,
    "node_modules/@dagger.io/dagger/index.ts": sdk,
    "node_modules/@dagger.io/dagger/package.json": '{ "main": "index.ts", "types": "index.ts" }',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const { scan } = await loadIntrospector();
  const own = ["src/index.ts", "client.gen.ts"].map((path) => join(folder, path));
  // As plain data, as it crosses to the engine.
  const scanned = JSON.parse(JSON.stringify(await scan(own, "gantry", false))) as Scanned;
  return scanned.objects.Gantry?.methods ?? {};
}

/** It is no part of the package's surface, so it is taken by its file. */
async function loadIntrospector(): Promise<Introspector> {
  const entry = createRequire(import.meta.url).resolve("@dagger.io/dagger");
  const file = join(dirname(entry), "module/introspector/index.js");
  return (await import(pathToFileURL(file).href)) as Introspector;
}
