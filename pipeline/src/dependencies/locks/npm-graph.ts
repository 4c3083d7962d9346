import {
  type Checksum,
  checksum,
  type LockEdge,
  type LockGraph,
  type LockNode,
  type Need,
  publicAddress,
} from "./lock-graph.ts";
import {
  type Entries,
  type Entry,
  isOwn,
  nameOf,
  originOf,
  placeOf,
  readEntries,
} from "./npm-lock.ts";

/** Everything in a `package-lock.json` of version 2 or 3, each package by its place. */
export function npmGraph(text: string): LockGraph {
  const read = readEntries(text);
  if (!read.ok) return read;
  const { packages } = read;
  const nodes = Object.entries(packages)
    .filter(([, { link }]) => !link)
    .map(([place, one]) => nodeOf(place, one, packages));
  return { ok: true, nodes, told: true };
}

function nodeOf(place: string, one: Entry, packages: Entries): LockNode {
  const own = isOwn(place);
  const { integrity, license, version = "" } = one;
  return {
    id: place,
    name: own ? (one.name ?? place) : nameOf(place, one),
    version,
    ...(own ? { origin: "path", own: place || "." } : sourceOf(place, one)),
    files: integrity ? [fileOf(one, integrity)] : [],
    ...(typeof license === "string" && { licence: license }),
    edges: edgesOf(place, one, packages),
  };
}

type Source = Pick<LockNode, "origin" | "registry" | "address" | "commit">;

const usualRegistries = /^https?:\/\/registry\.(npmjs\.org|yarnpkg\.com)(\/|$)/;

function sourceOf(place: string, one: Entry): Source {
  const { resolved } = one;
  const origin = originOf(resolved);
  if (!resolved) return { origin };
  const address = publicAddress(resolved);
  const commit = resolved.split("#")[1];
  if (origin === "git") return { origin, address, ...(commit && { commit }) };
  if (origin === "path") return { origin, address: address.slice("file:".length) };
  if (usualRegistries.test(resolved)) return { origin };
  // `https://host/path/NAME/-/FILE.tgz` is how registries name their files.
  const cut = address.indexOf(`/${nameOf(place, one)}/-/`);
  return cut > 0 ? { origin, registry: address.slice(0, cut) } : { origin: "url", address };
}

function fileOf({ resolved }: Entry, integrity: string): LockNode["files"][number] {
  const url = resolved?.startsWith("http") ? publicAddress(resolved) : undefined;
  return { ...(url && { url }), checksums: integrity.split(/\s+/).flatMap(checksumOf) };
}

/** `sha512-BASE64`, perhaps with options after a `?`. */
function checksumOf(word: string): Checksum[] {
  const [, algorithm = "", digest = ""] = /^([a-z0-9]+)-([A-Za-z0-9+/]+={0,2})/.exec(word) ?? [];
  try {
    const hex = [...atob(digest)].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0"));
    return checksum(algorithm, hex.join(""));
  } catch {
    return [];
  }
}

function edgesOf(place: string, one: Entry, packages: Entries): LockEdge[] {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = one;
  const needs = new Map<string, Need>();
  const add = (names: readonly string[], need: (name: string) => Need): void => {
    for (const name of names) if (!needs.has(name)) needs.set(name, need(name));
  };
  // An optional one may stand among the others too.
  add(Object.keys(optionalDependencies), () => "optional");
  add(Object.keys(dependencies), () => "required");
  add(Object.keys(peerDependencies), (name) =>
    peerDependenciesMeta[name]?.optional ? "optional" : "required",
  );
  if (isOwn(place)) add(Object.keys(one.devDependencies), () => "development");
  return [...needs].flatMap(([name, need]) => {
    const to = targetOf(packages, place, name);
    return to === undefined ? [] : [{ to, need }];
  });
}

/** A member of the workspace stands behind a link. */
function targetOf(packages: Entries, place: string, name: string): string | undefined {
  const found = placeOf(packages, place, name);
  const entry = found === undefined ? undefined : packages[found];
  if (!entry?.link) return found;
  return entry.resolved !== undefined && entry.resolved in packages ? entry.resolved : undefined;
}
