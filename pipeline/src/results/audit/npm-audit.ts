import { z } from "zod";
import { type Parsed, parsed, unreadable } from "../parsed.ts";
import { count, ghsaIn, readAnswer, severity } from "./answer.ts";
import type { Advisory, Audited } from "./audited.ts";
import { lineOf } from "./document.ts";

const advisory = z.object({
  source: z.union([z.number(), z.string()]),
  name: z.string(),
  title: z.string().default("no title"),
  url: z.string().default(""),
  severity,
  range: z.string().default("*"),
});

const fix = z.union([
  z.boolean(),
  z.object({ name: z.string(), version: z.string(), isSemVerMajor: z.boolean().default(false) }),
]);
type Fix = z.output<typeof fix>;

const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({ via: z.array(z.union([z.string(), advisory])), fixAvailable: fix.default(false) }),
  ),
  metadata: z.object({
    vulnerabilities: z.object({ total: count }),
    dependencies: z.object({ total: count, dev: count }),
  }),
});

/**
 * Reads what `npm audit --json` says. It describes a tree also where it asked nobody, so the number
 * of packages only counts where nothing says that the registry failed.
 */
export function parseNpmAudit(text: string, development: boolean): Parsed<Audited> {
  const read = readAnswer(text, report);
  if (!read.ok) return read;
  const { vulnerabilities, metadata } = read.value;
  const advisories = new Map<string, Advisory>();
  for (const { via, fixAvailable } of Object.values(vulnerabilities)) {
    for (const one of via) {
      if (typeof one === "string") continue;
      const found = advisoryOf(one, fixAvailable);
      advisories.set(`${found.id} ${found.package}`, found);
    }
  }
  if (metadata.vulnerabilities.total > 0 && advisories.size === 0) {
    return unreadable(`counts ${metadata.vulnerabilities.total} vulnerabilities and names none`);
  }
  const { total, dev } = metadata.dependencies;
  return parsed({
    asked: Math.max(0, development ? total : total - dev),
    advisories: [...advisories.values()],
    notAsked: [],
  });
}

function advisoryOf(one: z.output<typeof advisory>, fixed: Fix): Advisory {
  const name = lineOf(one.name);
  const id = ghsaIn(one.url) ?? `npm-${lineOf(String(one.source))}`;
  return {
    id,
    aliases: [String(one.source)],
    package: name,
    version: lineOf(one.range),
    severity: one.severity,
    title: lineOf(one.title),
    mend: mendOf(name, fixed),
  };
}

function mendOf(name: string, fixed: Fix): string {
  if (fixed === true) return "`npm audit fix` updates it within the ranges of package.json";
  if (fixed === false) return `nothing that brings ${name} has a release without it: replace that`;
  const major = fixed.isSemVerMajor ? ", which is a new major version" : "";
  return `update ${lineOf(fixed.name)} to ${lineOf(fixed.version)}${major}`;
}
