import { z } from "zod";
import { type Parsed, parsed, unreadable } from "../parsed.ts";
import { count, ghsaIn, readAnswer, severity } from "./answer.ts";
import type { Advisory, Audited } from "./audited.ts";
import { lineOf } from "./document.ts";

const advisory = z.object({
  id: z.union([z.number(), z.string()]),
  module_name: z.string(),
  title: z.string().default("no title"),
  url: z.string().default(""),
  severity,
  vulnerable_versions: z.string().default("*"),
  patched_versions: z.string().optional(),
  github_advisory_id: z.string().optional(),
  cves: z.array(z.string()).default([]),
  findings: z.array(z.object({ version: z.string() })).default([]),
});

const report = z.object({
  advisories: z.record(z.string(), advisory),
  metadata: z.object({
    vulnerabilities: z.record(z.string(), count),
    totalDependencies: count,
  }),
});

/** Reads what `pnpm audit --json` says; it counts only what it asked about. */
export function parsePnpmAudit(text: string): Parsed<Audited> {
  const read = readAnswer(text, report);
  if (!read.ok) return read;
  const { advisories, metadata } = read.value;
  const found = Object.values(advisories).map(advisoryOf);
  const counted = Object.values(metadata.vulnerabilities).reduce((sum, one) => sum + one, 0);
  if (counted > 0 && found.length === 0) {
    return unreadable(`counts ${counted} vulnerabilities and names none`);
  }
  return parsed({ asked: metadata.totalDependencies, advisories: found, notAsked: [] });
}

function advisoryOf(one: z.output<typeof advisory>): Advisory {
  const { module_name: name, patched_versions: patched, findings } = one;
  const versions = [...new Set(findings.map(({ version }) => lineOf(version)))];
  const fixed = patched && patched !== "<0.0.0" ? lineOf(patched) : undefined;
  return {
    id: ghsaIn(one.github_advisory_id ?? one.url) ?? `npm-${lineOf(String(one.id))}`,
    aliases: [String(one.id), ...one.cves.map((cve) => lineOf(cve))],
    package: lineOf(name),
    version: versions.join(", ") || lineOf(one.vulnerable_versions),
    severity: one.severity,
    title: lineOf(one.title),
    mend: fixed ? `update to ${fixed}` : "there is no version without it yet: replace the package",
  };
}
