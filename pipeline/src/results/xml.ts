import { XMLParser, XMLValidator } from "fast-xml-parser";
import { type Parsed, parsed, unreadable } from "./parsed.ts";
import { cutEnd } from "./text.ts";

/** One element of a document: names and values as they are written, entities resolved. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const maximumLength = 32 * 1024 * 1024;
const attributePrefix = "@";

/**
 * Reads a document to its root element. Entities are resolved here and not by the parser: only
 * XML's own five and character references exist, so nothing can be made to expand.
 */
export function parseXml(text: string): Parsed<XmlElement> {
  const body = text.replace(/^\ufeff/, "");
  const refusal = refuse(body);
  if (refusal) return unreadable(refusal);
  try {
    const [root, ...others] = elementsOf(parser().parse(body) as readonly Node[]);
    if (others.length > 0) return unreadable(invalid("it has several roots"));
    return root ? parsed(root) : unreadable("it has no element");
  } catch (error) {
    return unreadable(invalid(error instanceof Error ? error.message : String(error)));
  }
}

function refuse(text: string): string | undefined {
  if (text.trim() === "") return "it is empty";
  if (text.length > maximumLength) return `it is larger than ${maximumLength / 1024 / 1024} MB`;
  if (text.includes("\0")) return "it is binary, not XML";
  if (!text.trimStart().startsWith("<")) return "it is not XML";
  if (text.includes("<!ENTITY")) return "it declares entities of its own, which are not read";
  const valid = validate(text);
  return valid === true ? undefined : invalid(valid);
}

/** The parser may quote what it met, at any length. */
function invalid(reason: string): string {
  return cutEnd(`it is not valid XML: ${reason.replace(/\s+/g, " ")}`, 200);
}

/** The validator may throw on what it did not foresee; that is an answer too. */
function validate(text: string): true | string {
  try {
    const result = XMLValidator.validate(text, { allowBooleanAttributes: true });
    return result === true ? true : `${result.err.msg} (line ${result.err.line})`;
  } catch (error) {
    return String(error);
  }
}

function parser(): XMLParser {
  return new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: attributePrefix,
    allowBooleanAttributes: true,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    cdataPropName: "#cdata",
    ignoreDeclaration: true,
    ignorePiTags: true,
    maxNestedTags: 200,
  });
}

/** The parser's own form: one key with the name, and `:@` with the attributes. */
type Node = Readonly<Record<string, unknown>>;

function elementsOf(nodes: readonly Node[]): XmlElement[] {
  return nodes.map(elementOf).filter((element) => element !== undefined);
}

function elementOf(node: Node): XmlElement | undefined {
  const name = Object.keys(node).find((key) => key !== ":@");
  if (name === undefined || name.startsWith("#")) return undefined;
  const inner = node[name] as readonly Node[];
  return {
    name,
    attributes: attributesOf(node[":@"]),
    children: elementsOf(inner),
    text: inner.map(textOf).join(""),
  };
}

function attributesOf(raw: unknown): ReadonlyMap<string, string> {
  if (typeof raw !== "object" || raw === null) return new Map();
  return new Map(
    Object.entries(raw).map(([key, value]) => [
      key.slice(attributePrefix.length),
      resolveEntities(String(value)),
    ]),
  );
}

function textOf(node: Node): string {
  if (typeof node["#text"] === "string") return resolveEntities(node["#text"]);
  const cdata = node["#cdata"];
  return Array.isArray(cdata)
    ? cdata.map((part: Node) => String(part["#text"] ?? "")).join("")
    : "";
}

const named: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

function resolveEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] as string) : whole;
      const point = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
