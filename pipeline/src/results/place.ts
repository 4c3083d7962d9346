/** What is known about where a tool ran, to make its file names relative to the repository. */
export interface PlaceOptions {
  /** The repository's files; without them a name is taken at its word. */
  readonly files?: ReadonlySet<string> | readonly string[] | undefined;
  /** The folder the tool ran in, relative to the repository. */
  readonly directory?: string | undefined;
  /** Absolute folders that are the repository's root where the tool ran. */
  readonly strip?: readonly string[] | undefined;
}

/** Turns a file name as a tool wrote it into one of the repository, or none if it is outside. */
export type Placer = (raw: string) => string | undefined;

export function createPlacer(options: PlaceOptions = {}): Placer {
  const files = options.files && new Set(options.files);
  const directory = clean(options.directory ?? "") ?? "";
  const roots = (options.strip ?? []).map((root) => slashes(root).replace(/\/+$/, ""));
  let index: FilesByName | undefined;
  const byName = (): FilesByName => {
    index ??= Map.groupBy(files ?? [], baseName);
    return index;
  };
  const placed = new Map<string, string | undefined>();
  return (raw) => {
    if (placed.size > maximumRemembered) placed.clear();
    if (!placed.has(raw)) placed.set(raw, place(raw, { files, directory, roots, byName }));
    return placed.get(raw);
  };
}

const maximumRemembered = 10_000;

type FilesByName = ReadonlyMap<string, readonly string[]>;

interface Known {
  readonly files: ReadonlySet<string> | undefined;
  readonly directory: string;
  readonly roots: readonly string[];
  readonly byName: () => FilesByName;
}

function place(raw: string, known: Known): string | undefined {
  const path = slashes(raw.replace(/^file:\/\//, ""));
  return isAbsolute(path) ? placeAbsolute(path, known) : placeRelative(path, known);
}

function placeAbsolute(path: string, { files, directory, roots }: Known): string | undefined {
  const root = roots.find((candidate) => path.startsWith(`${candidate}/`));
  if (root !== undefined) return clean(path.slice(root.length + 1));
  return files && longestSuffix(path, directory, files);
}

function placeRelative(path: string, { files, directory, byName }: Known): string | undefined {
  const inDirectory = clean(directory ? `${directory}/${path}` : path);
  const fromRoot = clean(path);
  if (!files || (inDirectory && files.has(inDirectory))) return inDirectory;
  return (
    (fromRoot && (longestSuffix(fromRoot, directory, files) ?? onlyEnding(fromRoot, byName()))) ??
    inDirectory
  );
}

/** The known file that most of a path's end names; in the tool's own folder first. */
function longestSuffix(
  path: string,
  directory: string,
  files: ReadonlySet<string>,
): string | undefined {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  for (let start = 0; start < parts.length; start += 1) {
    const suffix = parts.slice(start).join("/");
    const found = [`${directory}/${suffix}`, suffix].find((name) => files.has(name));
    if (found) return found;
  }
  return undefined;
}

/** The one known file whose end a path is; none where there are several. */
function onlyEnding(path: string, byName: FilesByName): string | undefined {
  const same = byName.get(baseName(path))?.filter((file) => file.endsWith(`/${path}`));
  return same?.length === 1 ? same[0] : undefined;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Without `.`, `..` and doubled slashes; none where it leads out or nowhere. */
function clean(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of slashes(path).split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length > 0 ? parts.join("/") : undefined;
}

export function isAbsolute(path: string): boolean {
  return path.startsWith("/") || /^[a-z]:[\\/]/i.test(path);
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}
