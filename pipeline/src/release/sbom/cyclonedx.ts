import type { Checksum } from "../../dependencies/locks/lock-graph.ts";
import { type Bill, type BillItem, type Product, productRef } from "./bill.ts";
import { licenceOf } from "./licence.ts";
import { githubPurl, vcsAddress } from "./purl.ts";

/** A bill as CycloneDX 1.6 in JSON. */
export function cyclonedx(bill: Bill): string {
  const { product, items } = bill;
  const document = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${product.id}`,
    version: 1,
    metadata: metadataOf(product),
    components: items.map(componentOf),
    dependencies: dependenciesOf(bill),
    compositions: compositionsOf(items),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function metadataOf(product: Product): object {
  const { name, version, tag, commit, repository, date, gantry } = product;
  const purl = githubPurl(repository, tag);
  return {
    timestamp: date,
    // From locks, before anything is built or installed.
    lifecycles: [{ phase: "pre-build" }],
    tools: { components: [{ type: "application", name: "gantry", version: gantry }] },
    component: {
      type: "application",
      "bom-ref": productRef,
      name,
      version,
      ...(purl && { purl }),
      ...(repository && { externalReferences: [{ type: "vcs", url: repository }] }),
      properties: [{ name: "gantry:commit", value: commit }],
    },
  };
}

const scopes = { required: "required", optional: "optional", development: "excluded" } as const;

function componentOf(item: BillItem): object {
  const { ref, kind, name, version, need, purl, files, licence, missing } = item;
  const [, group, plain] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  // Of several files nobody knows here which one is installed: each keeps its own.
  const [only, ...others] = files;
  const hashes = others.length === 0 ? hashesOf(only?.checksums ?? []) : [];
  const references = referencesOf(item);
  return {
    type: kind === "component" ? "application" : "library",
    "bom-ref": ref,
    ...(group && { group }),
    name: plain ?? name,
    ...(version !== "" && { version }),
    ...(need && { scope: scopes[need] }),
    ...(hashes.length > 0 && { hashes }),
    ...(licence !== undefined && { licenses: [licencesOf(licence)] }),
    ...(purl && { purl }),
    ...(references.length > 0 && { externalReferences: references }),
    ...(missing !== undefined && { properties: [{ name: "gantry:missing", value: missing }] }),
  };
}

function licencesOf(text: string): object {
  const licence = licenceOf(text);
  return "expression" in licence ? licence : { license: licence };
}

function referencesOf(item: BillItem): object[] {
  const files = item.files.flatMap(({ url, checksums }) => {
    const hashes = hashesOf(checksums);
    return url ? [{ type: "distribution", url, ...(hashes.length > 0 && { hashes }) }] : [];
  });
  return item.origin === "git" ? [{ type: "vcs", url: vcsAddress(item) }, ...files] : files;
}

function hashesOf(checksums: readonly Checksum[]): object[] {
  return checksums.map(({ algorithm, hex }) => ({ alg: algorithm, content: hex }));
}

/** What is known: no entry at all says that nobody knows. */
function dependenciesOf({ items, edges }: Bill): object[] {
  const uses = new Map<string, string[]>([[productRef, []]]);
  for (const { ref, told } of items) if (told) uses.set(ref, []);
  for (const { from, to } of edges) uses.set(from, [...(uses.get(from) ?? []), to]);
  return [...uses].map(([ref, dependsOn]) => ({ ref, dependsOn }));
}

/** How far it can be trusted that nothing is left out of what something depends on. */
function compositionsOf(items: readonly BillItem[]): object[] {
  const components = items.filter(({ kind }) => kind === "component");
  const claims = [
    ["complete", components.filter(({ told }) => told)],
    ["incomplete", components.filter(({ told }) => !told)],
    ["unknown", items.filter(({ kind, told }) => kind !== "component" && !told)],
  ] as const;
  return claims.flatMap(([aggregate, some]) =>
    some.length > 0 ? [{ aggregate, dependencies: some.map(({ ref }) => ref) }] : [],
  );
}
