import { type Document, isMap, isScalar, type Pair, type Scalar, visit } from "yaml";

const maps = new Set(["env", "args", "provides", "variables"]);
const texts = new Set(["python", "node"]);

/**
 * YAML reads `3.10` as the number 3.1 and `0x1F` as 31. Where text is meant all the same (the
 * values of variables, versions), it stays what was written.
 */
export function keepAsWritten(document: Document): void {
  visit(document, {
    Pair(_key, pair) {
      const key = isScalar(pair.key) ? String(pair.key.value) : "";
      if (texts.has(key)) keep(pair);
      if (maps.has(key) && isMap(pair.value)) for (const item of pair.value.items) keep(item);
    },
  });
}

function keep({ value }: Pair): void {
  if (!isScalar(value) || value.value === null || typeof value.value === "string") return;
  const scalar = value as Scalar;
  if (scalar.source !== undefined) scalar.value = scalar.source;
}
