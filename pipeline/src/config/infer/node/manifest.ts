import { reasonOf } from "../reason.ts";
import { isTable, type Table, tableOf } from "../table.ts";

/** What a package.json says that a pipeline needs; whatever else it holds is left alone. */
export interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly workspaces: boolean;
  /** The manager that `packageManager` names, with its version. */
  readonly manager: { readonly name: string; readonly version: string } | undefined;
  /** The range of Node.js versions that it asks for. */
  readonly engine: string | undefined;
  /** Whether it names a package among any of its dependencies. */
  readonly depends: (name: string) => boolean;
}

export type ManifestResult =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly why: string };

/** Reads a package.json; says in words why it cannot. */
export function readManifest(text: string): ManifestResult {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (!isTable(json)) return { ok: false, why: "it holds no object" };
    return { ok: true, manifest: manifestOf(json) };
  } catch (error) {
    return { ok: false, why: reasonOf(error) };
  }
}

function manifestOf(json: Table): Manifest {
  const dependencies = [
    json.dependencies,
    json.devDependencies,
    json.optionalDependencies,
    json.peerDependencies,
  ].map(tableOf);
  return {
    scripts: stringsOf(json.scripts),
    workspaces: json.workspaces !== undefined,
    manager: managerOf(json.packageManager),
    engine: stringsOf(json.volta).node ?? stringsOf(json.engines).node,
    depends: (name) => dependencies.some((table) => Object.hasOwn(table, name)),
  };
}

/** `pnpm@10.14.0+sha512.…`: the hash is for corepack, which is not asked. */
function managerOf(value: unknown): Manifest["manager"] {
  const found = typeof value === "string" ? /^([a-z]+)@([^+\s]+)/.exec(value) : undefined;
  return found ? { name: found[1] as string, version: found[2] as string } : undefined;
}

function stringsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tableOf(value)).filter((e): e is [string, string] => typeof e[1] === "string"),
  );
}
