import { z } from "zod";
import { atCommit, type LockedPackage, type Origin, type ReadLock } from "./locked-package.ts";

const ranges = z.record(z.string(), z.string()).default({});
const entry = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
  peerDependencies: ranges,
});
const lock = z.object({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), entry).optional(),
});

type Entry = z.infer<typeof entry>;
type Entries = Readonly<Record<string, Entry>>;

/** Reads a `package-lock.json` of version 2 or 3: everything in it but the repository's own packages. */
export function readNpmLock(text: string): ReadLock {
  const read = lock.safeParse(jsonOf(text));
  if (!read.success) return { ok: false, why: "it is no package-lock.json" };
  const { packages, lockfileVersion } = read.data;
  if (!packages) return { ok: false, why: `its version is ${lockfileVersion}, which npm 6 wrote` };
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

/** The root itself, and the members of its workspace. */
function isOwn(place: string): boolean {
  return !`/${place}`.includes("/node_modules/");
}

function declared(one: Entry): string[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = one;
  return [dependencies, devDependencies, optionalDependencies, peerDependencies].flatMap(
    Object.keys,
  );
}

/** Where Node finds a package that is asked for from a folder: in the nearest `node_modules`. */
function placeOf(packages: Entries, from: string, name: string): string | undefined {
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
    // Under another name than its own it says so itself.
    name: one.name ?? place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length),
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

/** A lock may leave out where a package was fetched from: then a registry served it. */
function originOf(resolved: string | undefined): Origin {
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
