import { z } from "zod";
import {
  checksum,
  type LockEdge,
  type LockedFile,
  type LockGraph,
  type LockNode,
  type Need,
  publicAddress,
} from "./lock-graph.ts";
import { type Entry, readUvEntries, type Use } from "./uv-lock.ts";

/** Everything in a `uv.lock`. */
export function uvGraph(text: string): LockGraph {
  const read = readUvEntries(text);
  if (!read.ok) return read;
  const { entries, isOwn } = read;
  const places = new Map<string, { id: string; version: string | undefined }[]>();
  for (const [index, { name, version }] of entries.entries()) {
    places.set(name, [...(places.get(name) ?? []), { id: String(index), version }]);
  }
  const find = ({ name, version }: Use): string[] =>
    (places.get(name) ?? [])
      .filter((one) => version === undefined || one.version === version)
      .map(({ id }) => id);
  const nodes = entries.map((one, index): LockNode => {
    const own = isOwn(one);
    return {
      id: String(index),
      name: one.name,
      version: one.version ?? "",
      ...sourceOf(one),
      files: filesOf(one),
      ...(own && { own: folderOf(one) }),
      edges: edgesOf(one, own, find),
    };
  });
  return { ok: true, nodes, told: true };
}

function folderOf({ source: { editable, virtual } }: Entry): string {
  return (editable ?? virtual ?? ".").replace(/^\.\/+/, "") || ".";
}

type Source = Pick<LockNode, "origin" | "registry" | "address" | "commit">;

function sourceOf({ source }: Entry): Source {
  const { registry, git, url } = source;
  if (git) {
    const commit = git.split("#")[1];
    return { origin: "git", address: publicAddress(git), ...(commit && { commit }) };
  }
  if (url) return { origin: "url", address: publicAddress(url) };
  if (!registry) return { origin: "path", address: pathOf(source) };
  const usual = /^https:\/\/pypi\.org\/simple\/?$/.test(registry);
  return { origin: "registry", ...(!usual && { registry: publicAddress(registry) }) };
}

function pathOf({ editable, virtual, directory, path }: Entry["source"]): string {
  return editable ?? virtual ?? directory ?? path ?? ".";
}

const file = z.object({ url: z.string().optional(), hash: z.string().optional() });
const files = z.array(file).catch([]);

/** The source distribution and the wheels: which of them gets installed depends on the machine. */
function filesOf({ sdist, wheels }: Entry): LockedFile[] {
  const all = [...files.parse(sdist === undefined ? [] : [sdist]), ...files.parse(wheels ?? [])];
  return all.map(({ url, hash = "" }) => {
    const [algorithm = "", hex = ""] = hash.split(":");
    return { ...(url && { url: publicAddress(url) }), checksums: checksum(algorithm, hex) };
  });
}

function edgesOf(one: Entry, own: boolean, find: (use: Use) => string[]): LockEdge[] {
  const edges = (list: readonly Use[], need: Need, of?: string): LockEdge[] =>
    list.flatMap((use) =>
      find(use).map((to) => ({
        to,
        need,
        ...(use.extra && { extras: use.extra }),
        ...(of !== undefined && { of }),
      })),
    );
  return [
    ...edges(one.dependencies, "required"),
    // Of others only those extras are locked that somebody asks for.
    ...Object.entries(one["optional-dependencies"]).flatMap(([extra, list]) =>
      edges(list, own ? "optional" : "required", extra),
    ),
    ...(own ? Object.values(one["dev-dependencies"]) : []).flatMap((list) =>
      edges(list, "development"),
    ),
  ];
}
