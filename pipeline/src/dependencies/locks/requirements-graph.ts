import {
  checksum,
  type LockedFile,
  type LockGraph,
  type LockNode,
  type Need,
} from "./lock-graph.ts";

/** A package as its lines in a file of pinned requirements name it. */
interface Pinned {
  readonly name: string;
  readonly version: string;
  /** `--hash=sha256:…`: of some file of it; which one is not said. */
  readonly hashes: string[];
  /** Who asks for it, as the notes below it say, in the plain form of names. */
  readonly via: string[];
}

const own = ".";
const pin = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)/;

/** Everything that pinned requirements name; `need` is what the file is installed for. */
export function requirementsGraph(text: string, need: Need): LockGraph {
  const pinned = readPins(text);
  const told = pinned.some(({ via }) => via.length > 0);
  const uses = new Map<string, string[]>();
  for (const one of pinned) {
    for (const asker of told ? one.via : [own]) {
      uses.set(asker, [...(uses.get(asker) ?? []), idOf(one)]);
    }
  }
  const edges = (asker: string, kind: Need): LockNode["edges"] =>
    (uses.get(asker) ?? []).map((to) => ({ to, need: kind }));
  const project = { id: own, name: own, version: "", own, edges: edges(own, need) };
  const nodes = pinned.map((one) => ({
    id: idOf(one),
    name: one.name,
    version: one.version,
    origin: "registry" as const,
    files: one.hashes.map(fileOf),
    edges: edges(plain(one.name), "required"),
  }));
  return { ok: true, nodes: [{ ...project, origin: "path", files: [] }, ...nodes], told };
}

function idOf({ name, version }: Pinned): string {
  return `${plain(name)}==${version}`;
}

function readPins(text: string): Pinned[] {
  const pinned = new Map<string, Pinned>();
  let last: Pinned | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, name, version] = pin.exec(line) ?? [];
    if (name && version) {
      // One that is pinned for several platforms stands there as often, with versions of its own.
      const made = { name, version, hashes: [], via: [] };
      last = pinned.get(idOf(made)) ?? made;
      pinned.set(idOf(made), last);
    }
    last?.hashes.push(...[...line.matchAll(/--hash=(\S+)/g)].map(([, hash]) => hash as string));
    last?.via.push(...askersIn(line));
  }
  return [...pinned.values()];
}

/** `# via httpx`, or a list with a name on each line; a file among them is the project itself. */
function askersIn(line: string): string[] {
  const [, note = ""] = /^\s+#\s+(.+)$/.exec(line) ?? [];
  const words = note.replace(/^via\b/, "").trim();
  if (words === "") return [];
  return words
    .split(/,\s*/)
    .filter((word) => !word.startsWith("-c "))
    .map((word) => (isFile(word) ? own : plain(word)));
}

function isFile(word: string): boolean {
  return /^-r |\((pyproject\.toml|setup\.(py|cfg))|\.(in|toml|txt)$/.test(word);
}

/** Python's names are the same in other letters and with other separators. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}

function fileOf(hash: string): LockedFile {
  const [algorithm = "", hex = ""] = hash.split(":");
  return { checksums: checksum(algorithm, hex) };
}
