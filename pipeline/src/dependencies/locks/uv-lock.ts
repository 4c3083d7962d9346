import { z } from "zod";
import { readToml } from "../../config/infer/toml.ts";
import { atCommit, type LockedPackage, type ReadLock } from "./locked-package.ts";

const use = z.object({
  name: z.string(),
  version: z.string().optional(),
  extra: z.array(z.string()).optional(),
});
const used = z.array(use).default([]);
const lists = z.record(z.string(), used).default({});
const source = z
  .object({
    registry: z.string().optional(),
    git: z.string().optional(),
    url: z.string().optional(),
    editable: z.string().optional(),
    virtual: z.string().optional(),
    directory: z.string().optional(),
    path: z.string().optional(),
  })
  .default({});
const entry = z.object({
  name: z.string(),
  version: z.string().optional(),
  source,
  dependencies: used,
  "optional-dependencies": lists,
  "dev-dependencies": lists,
  // They are many: only who needs them looks at them.
  sdist: z.unknown().optional(),
  wheels: z.unknown().optional(),
});
const lock = z.object({
  version: z.literal(1),
  manifest: z.object({ members: z.array(z.string()).default([]) }).optional(),
  package: z.array(entry).default([]),
});

export type Use = z.infer<typeof use>;
export type Entry = z.infer<typeof entry>;

/** Reads a `uv.lock`: everything in it but the repository's own packages. */
export function readUvLock(text: string): ReadLock {
  const read = readUvEntries(text);
  if (!read.ok) return read;
  const { entries, isOwn } = read;
  const direct = new Set(entries.filter(isOwn).flatMap(usesOf));
  const packages = entries
    .filter((one) => !isOwn(one))
    .map((one) => lockedOf(one, direct.has(one.name)));
  return { ok: true, packages };
}

export interface UvEntries {
  readonly ok: true;
  readonly entries: readonly Entry[];
  /** Whether it is one of the repository's own packages. */
  readonly isOwn: (one: Entry) => boolean;
}

/** What a `uv.lock` holds. */
export function readUvEntries(text: string): UvEntries | (ReadLock & { readonly ok: false }) {
  const toml = readToml(text);
  if ("why" in toml) return { ok: false, why: toml.why };
  const read = lock.safeParse(toml.table);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { ok: false, why: `${issue?.path.join(".")}: ${issue?.message}` };
  }
  const members = new Set(read.data.manifest?.members);
  return {
    ok: true,
    entries: read.data.package,
    isOwn: ({ name, source: { editable, virtual } }) =>
      members.has(name) || [editable, virtual].includes("."),
  };
}

function usesOf(one: Entry): string[] {
  const further = [one["optional-dependencies"], one["dev-dependencies"]];
  return [one.dependencies, ...further.flatMap((list) => Object.values(list))].flatMap((list) =>
    list.map(({ name }) => name),
  );
}

function lockedOf(one: Entry, direct: boolean): LockedPackage {
  const { registry, git, url } = one.source;
  // `https://host/owner/name?rev=main#COMMIT`
  const commit = git?.split("#")[1];
  return {
    name: one.name,
    version: atCommit(one.version ?? "", commit),
    origin: registry ? "registry" : git ? "git" : url ? "url" : "path",
    ...(registry && { registry }),
    direct,
    uses: [...new Set(usesOf(one))],
  };
}
