import { z } from "zod";
import { atCommit, type LockedPackage, type Origin, type ReadLock } from "./locked-package.ts";

const ranges = z.record(z.string(), z.string()).default({});
const entry = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  integrity: z.string().optional(),
  license: z.unknown().optional(),
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
  peerDependencies: ranges,
  peerDependenciesMeta: z
    .record(z.string(), z.object({ optional: z.boolean().optional() }))
    .catch({}),
});
const lock = z.object({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), entry).optional(),
});

export type Entry = z.infer<typeof entry>;
export type Entries = Readonly<Record<string, Entry>>;

/** Reads a `package-lock.json` of version 2 or 3: everything in it but the repository's own packages. */
export function readNpmLock(text: string): ReadLock {
  const read = readEntries(text);
  if (!read.ok) return read;
  const { packages } = read;
  const direct = new Set(
    Object.entries(packages)
      .filter(([place]) => isOwn(place))
      .flatMap(([place, one]) => declared(one).map((name) => placeOf(packages, place, name))),
  );
  const locked = Object.entries(packages)
    .filter(([place, one]) => !isOwn(place) && !one.link && !one.inBundle)
    .map(([place, one]) => lockedOf(place, one, direct.has(place)));
  return { ok: true, packages: locked };
}

/** What a `package-lock.json` holds, by the places that it is installed in. */
export function readEntries(
  text: string,
): { readonly ok: true; readonly packages: Entries } | (ReadLock & { readonly ok: false }) {
  const read = lock.safeParse(jsonOf(text));
  if (!read.success) return { ok: false, why: "it is no package-lock.json" };
  const { packages, lockfileVersion } = read.data;
  return packages
    ? { ok: true, packages }
    : { ok: false, why: `its version is ${lockfileVersion}, which npm 6 wrote` };
}

/** The root itself, and the members of its workspace. */
export function isOwn(place: string): boolean {
  return !`/${place}`.includes("/node_modules/");
}

function declared(one: Entry): string[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = one;
  return [dependencies, devDependencies, optionalDependencies, peerDependencies].flatMap(
    Object.keys,
  );
}

/** Where Node finds a package that is asked for from a folder: in the nearest `node_modules`. */
export function placeOf(packages: Entries, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = parentOf(folder)) {
    const place = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    if (place in packages) return place;
    if (folder === "") return undefined;
  }
}

function parentOf(folder: string): string {
  return folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
}

function lockedOf(place: string, one: Entry, direct: boolean): LockedPackage {
  const origin = originOf(one.resolved);
  const commit = origin === "git" ? one.resolved?.split("#")[1] : undefined;
  return {
    name: nameOf(place, one),
    version: atCommit(one.version ?? "", commit),
    origin,
    direct,
    uses: [
      ...new Set(
        Object.keys({ ...one.dependencies, ...one.optionalDependencies, ...one.peerDependencies }),
      ),
    ],
  };
}

/** Under another name than its own it says so itself. */
export function nameOf(place: string, { name }: Entry): string {
  return name ?? place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** A lock may leave out where a package was fetched from: then a registry served it. */
export function originOf(resolved: string | undefined): Origin {
  if (resolved?.startsWith("git")) return "git";
  return resolved?.startsWith("file:") ? "path" : "registry";
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
