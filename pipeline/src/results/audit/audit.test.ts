import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { auditDocument } from "../../../test/corpora/audits/audits.ts";
import type { Parsed } from "../parsed.ts";
import type { Advisory, Audited } from "./audited.ts";
import { parseNpmAudit } from "./npm-audit.ts";
import { parsePipAudit } from "./pip-audit.ts";
import { parsePnpmAudit } from "./pnpm-audit.ts";

const npm = (text: string): Parsed<Audited> => parseNpmAudit(text, true);

function value(read: Parsed<Audited>): Audited {
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

function reason(read: Parsed<Audited>): string {
  return read.ok ? `read: ${JSON.stringify(read.value)}` : read.reason;
}

const brief = ({ advisories }: Audited): string[] =>
  advisories.map(
    ({ id, package: name, version, severity, mend }) =>
      `${id} ${name} ${version} ${severity ?? "-"}: ${mend}`,
  );

describe("npm audit", () => {
  test("each advisory once, whatever leads to it, with a mend of its own kind", () => {
    expect(brief(value(npm(auditDocument("npm"))))).toEqual([
      "GHSA-jjjj-kkkk-llll devtool <1.0.1 low: update devtool to 1.0.1",
      "GHSA-aaaa-bbbb-cccc left-tree <1.0.1 high: nothing that brings left-tree has a release without it: replace that",
      "GHSA-gggg-hhhh-iiii lonely * critical: nothing that brings lonely has a release without it: replace that",
      "GHSA-dddd-eeee-ffff plain <1.0.0 moderate: update plain to 1.0.0, which is a new major version",
    ]);
  });

  test("a fix within the ranges", () => {
    const text = auditDocument("npm").replaceAll('"fixAvailable": false', '"fixAvailable": true');
    expect(brief(value(npm(text)))[1]).toContain("`npm audit fix` updates it within the ranges");
  });

  test("counts what was asked about: development's packages only where they were", () => {
    expect(value(npm(auditDocument("npm"))).asked).toBe(6);
    expect(value(parseNpmAudit(auditDocument("npm"), false)).asked).toBe(5);
  });

  test.each([
    ["nothing", "", "is empty"],
    ["a truncated document", auditDocument("npm").slice(0, 900), "is no JSON"],
    ["warnings around it", `npm warn x\n${auditDocument("npm")}`, "is no JSON"],
    ["a list", "[]", "is not understood (as a whole)"],
    ["null", "null", "is not understood (as a whole)"],
    ["npm 6", '{ "advisories": {}, "metadata": {} }', "is not understood (auditReportVersion)"],
    [
      "a registry without the endpoint",
      auditDocument("npm-behind-a-mirror"),
      "says: 405 Method Not Allowed - POST https://registry.npmjs.org/-/npm/v1/security/advisories/bulk",
    ],
    [
      "no lock",
      '{ "error": { "code": "ENOLOCK", "summary": "This command requires an existing lockfile." } }',
      "says: This command requires an existing lockfile.",
    ],
    [
      "a password in the registry's address",
      '{ "message": "401 - POST https://me:hunter2@npm.example.com/-/x" }',
      "says: 401 - POST https://npm.example.com/-/x",
    ],
    [
      "an error beside a tidy rest",
      JSON.stringify({ ...JSON.parse(auditDocument("npm")), error: {} }),
      "says: an error without words",
    ],
    [
      "a count without names",
      JSON.stringify({ ...JSON.parse(auditDocument("npm")), vulnerabilities: {} }),
      "counts 6 vulnerabilities and names none",
    ],
  ])("is not taken for an answer: %s", (_name, text, words) => {
    expect(reason(npm(text))).toBe(words);
  });
});

describe("pnpm audit", () => {
  test("names the version that is locked, and what is without it", () => {
    expect(brief(value(parsePnpmAudit(auditDocument("pnpm"))))).toEqual([
      "GHSA-aaaa-bbbb-cccc left-tree 1.0.0 high: update to >=1.0.1",
      "GHSA-dddd-eeee-ffff plain 0.1.0 moderate: update to >=1.0.0",
      "GHSA-gggg-hhhh-iiii lonely 3.0.0 critical: there is no version without it yet: replace the package",
      "GHSA-jjjj-kkkk-llll devtool 1.0.0 low: update to >=1.0.1",
    ]);
    expect(value(parsePnpmAudit(auditDocument("pnpm"))).asked).toBe(6);
  });

  test.each([
    [
      "a registry without the endpoint",
      '{ "error": { "code": "ERR_PNPM_AUDIT_ENDPOINT_NOT_EXISTS", "message": "The audit endpoint is doesn\'t exist." } }',
      "says: The audit endpoint is doesn't exist.",
    ],
    ["npm's form", auditDocument("npm"), "is not understood (advisories)"],
    [
      "a count without names",
      JSON.stringify({ ...JSON.parse(auditDocument("pnpm")), advisories: {} }),
      "counts 4 vulnerabilities and names none",
    ],
  ])("is not taken for an answer: %s", (_name, text, words) => {
    expect(reason(parsePnpmAudit(text))).toBe(words);
  });
});

describe("pip-audit", () => {
  test("names, aliases and mends; a package of the repository itself is nobody's", () => {
    const read = value(parsePipAudit(auditDocument("pip")));
    expect(brief(read)).toEqual([
      "PYSEC-2026-1 urllib3 1.26.0 -: update to 1.26.5, or above",
      "PYSEC-2026-2 requests 2.20.0 -: there is no version without it yet: replace the package",
    ]);
    expect(read.advisories[0]?.aliases).toEqual(["CVE-2026-1", "GHSA-pppp-qqqq-rrrr"]);
    expect(read.asked).toBe(3);
    expect(read.notAsked).toEqual([
      { package: "foo", reason: "URL requirements cannot be pinned to a specific package version" },
    ]);
  });

  test("behind a mirror everything is skipped, and nothing was asked", () => {
    const read = value(parsePipAudit(auditDocument("pip-behind-a-mirror")));
    expect(read).toMatchObject({ asked: 0, advisories: [] });
    expect(read.notAsked.map(({ package: name }) => name)).toEqual(["urllib3", "requests"]);
  });

  test.each([
    ["-e -", true],
    ["-e file:///src/packages/lib", true],
    ["file:///src/lib", true],
    ["-/member", true],
    ["vendor/thing-1-0-py3-none-any-whl", false],
    ["file:///src/thing-1-0-tar-gz", false],
    ["-e git+https://example.com/x", false],
    ["git+https://example.com/x", false],
    ["private-library", false],
  ])("%s is the repository's own: %s", (name, own) => {
    const text = JSON.stringify({ dependencies: [{ name, skip_reason: "why" }] });
    expect(value(parsePipAudit(text)).notAsked).toHaveLength(own ? 0 : 1);
  });

  test.each([
    ["nothing", "", "is empty"],
    ["a list", "[1]", "is not understood (as a whole)"],
    ["a package without its list", '{"dependencies":[{"name":"a","version":"1"}]}', "dependencies"],
    ["a trace", "Traceback (most recent call last):", "is no JSON"],
  ])("is not taken for an answer: %s", (_name, text, words) => {
    expect(reason(parsePipAudit(text))).toContain(words);
  });
});

describe("words of strangers", () => {
  const texts = (one: Advisory): string[] => [
    one.id,
    one.package,
    one.version,
    one.title,
    one.mend,
  ];

  test("what acts on a terminal is taken out", () => {
    const [, , lonely] = value(npm(auditDocument("npm"))).advisories;
    expect(auditDocument("npm")).toContain("\\u001b[31m");
    expect(lonely?.title).toBe("Runs anything | `x` <script>");
  });

  test("whatever they hold, they are short lines without control or format characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const vulns = [
          { id: `I${text}`, fix_versions: [text], aliases: [text], description: text },
        ];
        const document = { dependencies: [{ name: text, version: text, vulns }] };
        const [one] = value(parsePipAudit(JSON.stringify(document))).advisories;
        for (const shown of one ? texts(one) : []) {
          expect(shown.length).toBeLessThan(300);
          expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
        }
      }),
    );
  });
});
