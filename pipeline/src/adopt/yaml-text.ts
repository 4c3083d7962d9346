import { Document, isScalar, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";

/** Data that is written as YAML; `undefined` entries are left out. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | Noted
  | { readonly [key: string]: Value | undefined };

/** A value with what a reader should know of it. */
export interface Noted {
  readonly [noted]: true;
  readonly value: Value;
  readonly notes: Notes;
}

export interface Notes {
  /** Lines above it. */
  readonly above?: string | undefined;
  /** Words behind it, in its line. */
  readonly beside?: string | undefined;
  /** Whether an empty line parts it from what is above. */
  readonly apart?: boolean | undefined;
}

const noted: unique symbol = Symbol("noted");

export function note(value: Value, notes: Notes): Noted {
  return { [noted]: true, value, notes };
}

/** A table as YAML with its comments; the same value always gives the same text. */
export function yamlText(table: Readonly<Record<string, Value | undefined>>, about = ""): string {
  const document = new Document();
  const contents = tableNode(table);
  const first = contents.items[0]?.key;
  if (about !== "" && isScalar(first)) first.commentBefore = commentOf(about);
  document.contents = contents;
  return document.toString({ lineWidth: 0, nullStr: "", flowCollectionPadding: false });
}

function nodeOf(value: Value): Node {
  if (isNoted(value)) return notedNode(value);
  if (Array.isArray(value)) return listNode(value);
  if (value !== null && typeof value === "object") {
    return tableNode(value as Readonly<Record<string, Value | undefined>>);
  }
  const scalar = new Scalar(value);
  if (typeof value === "string" && value.includes("\n")) scalar.type = Scalar.BLOCK_LITERAL;
  return scalar;
}

/** A list in one line is no longer than this. */
const longestLine = 60;

function listNode(values: readonly Value[]): YAMLSeq {
  const list = new YAMLSeq();
  list.items = values.map(nodeOf);
  const bare = list.items.every((item) => isScalar(item) && !item.comment && !item.commentBefore);
  list.flow = bare && values.join(", ").length <= longestLine;
  return list;
}

function tableNode(table: Readonly<Record<string, Value | undefined>>): YAMLMap<Scalar, Node> {
  const map = new YAMLMap<Scalar, Node>();
  for (const [name, value] of Object.entries(table)) {
    if (value !== undefined) map.items.push(pairOf(name, value));
  }
  map.flow = map.items.length === 0;
  return map;
}

/** What stands above an entry belongs to its key, what stands beside it to its value. */
function pairOf(name: string, value: Value): Pair<Scalar, Node> {
  const key = new Scalar(name);
  if (!isNoted(value)) return new Pair(key, nodeOf(value));
  const { above, apart, beside } = value.notes;
  if (above) key.commentBefore = commentOf(above);
  if (apart) key.spaceBefore = true;
  return new Pair(key, notedNode(note(value.value, { beside })));
}

function notedNode({ value, notes }: Noted): Node {
  const node = nodeOf(value);
  if (notes.above) node.commentBefore = commentOf(notes.above);
  if (notes.apart) node.spaceBefore = true;
  if (notes.beside) node.comment = commentOf(notes.beside);
  return node;
}

function commentOf(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : ` ${line}`))
    .join("\n");
}

function isNoted(value: Value): value is Noted {
  return value !== null && typeof value === "object" && noted in value;
}
