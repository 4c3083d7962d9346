import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { readGraph } from "../../src/dependencies/locks/lock-sites.ts";
import { cyclonedx } from "../../src/release/sbom/cyclonedx.ts";
import { type BillLock, makeBill } from "../../src/release/sbom/make-bill.ts";
import { spdx } from "../../src/release/sbom/spdx.ts";
import { billLock, billRequest, lockNode } from "../builders/bill.ts";

/** The official schema, as CycloneDX's own library brings it. */
const library = createRequire(import.meta.url).resolve("@cyclonedx/cyclonedx-library/package.json");

function schemaOf(name: string): object {
  const file = join(dirname(library), "res/schema", `${name}.SNAPSHOT.schema.json`);
  return JSON.parse(readFileSync(file, "utf8"));
}

function validator() {
  const formats = { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, "iri-reference": /^\S+$/ };
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    formats: { ...formats, "idn-email": true, uri: true },
  });
  for (const name of ["spdx", "jsf-0.82", "cryptography-defs"]) {
    ajv.addSchema(schemaOf(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(schemaOf("bom-1.6"));
}

const rose = fileURLToPath(new URL("../../../examples/rose/", import.meta.url));

function realLock(tool: "uv" | "npm", folder: string, lock: string, component: string): BillLock {
  const graph = readGraph({ tool, lock }, readFileSync(join(rose, lock), "utf8"));
  if (!graph.ok) throw new Error(graph.why);
  const ecosystem = tool === "uv" ? "python" : "npm";
  return billLock(graph.nodes, { site: { lock, folder, ecosystem, components: [component] } });
}

const example = billRequest(
  [
    realLock("uv", ".", "uv.lock", "backend"),
    realLock("npm", "frontend", "frontend/package-lock.json", "frontend"),
  ],
  {
    components: [
      { name: "backend", path: "." },
      { name: "frontend", path: "frontend" },
    ],
  },
);

const sha = { algorithm: "SHA-512", hex: "ab".repeat(64) } as const;
const odd = billRequest(
  [
    billLock([
      lockNode("me", [{ to: "@s/a", need: "optional" }], { own: ".", origin: "path" }),
      lockNode("@s/a", [], { licence: "SEE LICENSE IN x", files: [{ checksums: [sha] }] }),
      lockNode("g", [], { origin: "git", address: "ssh://git@x.example/g", commit: "ab" }),
      lockNode("f", [], { origin: "path", address: "../f", version: "" }),
    ]),
    billLock([lockNode("p", [], { licence: "(MIT OR Apache-2.0)" })], {
      told: false,
      site: { ecosystem: "python", lock: "requirements.txt" },
    }),
  ],
  { missing: [{ component: "web", why: "it has no lock" }] },
);

describe.each([
  ["of the example", example],
  ["with everything that is unusual", odd],
])("a bill of materials %s", (_, request) => {
  it("is valid CycloneDX 1.6", () => {
    const validate = validator();
    validate(JSON.parse(cyclonedx(makeBill(request))));
    expect(validate.errors ?? []).toEqual([]);
    // The schema is one that says no.
    expect(validate({ bomFormat: "CycloneDX", specVersion: "1.6", components: [{}] })).toBe(false);
  });

  it("has the same packages as SPDX, under ids that are its own, and every relation between them", () => {
    const bill = makeBill(request);
    const document = JSON.parse(spdx(bill));
    const ids: string[] = document.packages.map(({ SPDXID }: { SPDXID: string }) => SPDXID);
    expect(ids).toHaveLength(bill.items.length + 1);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^SPDXRef-[A-Za-z0-9.-]+$/.test(id))).toEqual([]);
    const known = new Set([...ids, "SPDXRef-DOCUMENT", "NOASSERTION"]);
    const ends = document.relationships.flatMap((one: Record<string, string>) => [
      one.spdxElementId,
      one.relatedSpdxElement,
    ]);
    expect(ends.filter((id: string) => !known.has(id))).toEqual([]);
    expect(document.relationships.length).toBeGreaterThan(bill.edges.length);
  });
});

it("a licence that SPDX does not know is shown as it is in one form, and as none in the other", () => {
  const bill = makeBill(odd);
  const component = JSON.parse(cyclonedx(bill)).components.find(
    ({ name }: { name: string }) => name === "a",
  );
  expect(component).toMatchObject({
    group: "@s",
    scope: "optional",
    licenses: [{ license: { name: "SEE LICENSE IN x" } }],
    hashes: [{ alg: "SHA-512", content: sha.hex }],
  });
  const found = JSON.parse(spdx(bill)).packages.filter(({ name }: { name: string }) =>
    ["@s/a", "p"].includes(name),
  );
  expect(found).toMatchObject([
    { licenseDeclared: "NOASSERTION", checksums: [{ algorithm: "SHA512" }] },
    { licenseDeclared: "(MIT OR Apache-2.0)" },
  ]);
});
