import { type Bill, type BillEdge, type BillItem, type Product, productRef } from "./bill.ts";
import { licenceOf } from "./licence.ts";
import { githubPurl, vcsAddress } from "./purl.ts";

const unknown = "NOASSERTION";
const documentId = "SPDXRef-DOCUMENT";

/** A bill as SPDX 2.3 in JSON. */
export function spdx(bill: Bill): string {
  const { product, items } = bill;
  const { name, version, id, date, gantry } = product;
  const ids = idsOf([productRef, ...items.map(({ ref }) => ref)]);
  const document = {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: documentId,
    name: `${name}-${version}`,
    documentNamespace: `https://spdx.org/spdxdocs/${encodeURIComponent(`${name}-${version}`)}-${id}`,
    creationInfo: { created: date, creators: [`Tool: gantry-${gantry}`] },
    packages: [productPackage(product, ids), ...items.map((item) => packageOf(item, ids))],
    relationships: relationshipsOf(bill, ids),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

type Ids = (ref: string) => string;

/** Ids take letters, digits, dots and dashes: what falls together then is counted. */
function idsOf(refs: readonly string[]): Ids {
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  for (const ref of refs) {
    const plain = `SPDXRef-${ref.replaceAll(/[^A-Za-z0-9.]+/g, "-")}`;
    let id = plain;
    for (let count = 2; taken.has(id); count += 1) id = `${plain}-${count}`;
    taken.add(id);
    ids.set(ref, id);
  }
  return (ref) => ids.get(ref) ?? unknown;
}

function productPackage(product: Product, ids: Ids): object {
  const { name, version, tag, commit, repository } = product;
  const source = repository && vcsAddress({ address: repository, commit });
  return {
    SPDXID: ids(productRef),
    name,
    versionInfo: version,
    ...shared({ location: source, purl: githubPurl(repository, tag) }),
    sourceInfo: `commit ${commit}`,
    primaryPackagePurpose: "APPLICATION",
  };
}

function packageOf(item: BillItem, ids: Ids): object {
  const { ref, kind, name, version, purl, files, missing } = item;
  const [only, ...others] = files;
  const checksums = others.length === 0 ? (only?.checksums ?? []) : [];
  return {
    SPDXID: ids(ref),
    name,
    ...(version !== "" && { versionInfo: version }),
    ...shared({ location: locationOf(item), licence: item.licence, purl }),
    ...(checksums.length > 0 && {
      checksums: checksums.map(({ algorithm, hex }) => ({
        algorithm: algorithm.replace("-", ""),
        checksumValue: hex,
      })),
    }),
    primaryPackagePurpose: kind === "component" ? "APPLICATION" : "LIBRARY",
    ...(missing !== undefined && { comment: missing }),
  };
}

interface Shared {
  readonly location: string | undefined;
  readonly licence?: string | undefined;
  readonly purl: string | undefined;
}

function shared({ location, licence, purl }: Shared): object {
  const declared = licence === undefined ? undefined : licenceOf(licence);
  return {
    supplier: unknown,
    downloadLocation: location ?? unknown,
    filesAnalyzed: false,
    licenseConcluded: unknown,
    licenseDeclared: declared && "expression" in declared ? declared.expression : unknown,
    copyrightText: unknown,
    ...(purl && {
      externalRefs: [
        {
          referenceCategory: "PACKAGE-MANAGER",
          referenceType: "purl",
          referenceLocator: purl,
        },
      ],
    }),
  };
}

/** Of several files it is not known which one is installed. */
function locationOf(item: BillItem): string | undefined {
  if (item.origin === "git") return vcsAddress(item);
  if (item.origin === "url") return item.address;
  const [only, ...others] = item.files;
  return others.length === 0 ? only?.url : undefined;
}

interface Relationship {
  readonly spdxElementId: string;
  readonly relatedSpdxElement: string;
  readonly relationshipType: string;
}

function relationshipsOf({ items, edges }: Bill, ids: Ids): Relationship[] {
  const unsaid = items.filter(({ told }) => !told);
  return [
    relationship(documentId, "DESCRIBES", ids(productRef)),
    ...edges.map((edge) => between(edge, ids)),
    ...unsaid.map(({ ref }) => relationship(ids(ref), "DEPENDS_ON", unknown)),
  ];
}

function between({ from, to, need }: BillEdge, ids: Ids): Relationship {
  if (from === productRef) return relationship(ids(from), "CONTAINS", ids(to));
  if (need === "required") return relationship(ids(from), "DEPENDS_ON", ids(to));
  const kind = need === "optional" ? "OPTIONAL_DEPENDENCY_OF" : "DEV_DEPENDENCY_OF";
  return relationship(ids(to), kind, ids(from));
}

function relationship(one: string, relationshipType: string, other: string): Relationship {
  return { spdxElementId: one, relatedSpdxElement: other, relationshipType };
}
