import { z } from "zod";
import type { Known, Leak } from "./facts.ts";

/** What is read of the scanner's report: places and rules, and nothing that was matched. */
const report = z.object({
  schema_version: z.literal("1"),
  findings: z
    .array(
      z.object({
        rule_id: z.string(),
        description: z.string(),
        confidence: z.string().optional(),
        attributes: z.record(z.string(), z.string()).optional(),
        location: z.object({
          path: z.string().optional(),
          start_line: z.int().nonnegative().optional(),
        }),
      }),
    )
    .nullable(),
  scan: z.object({ state: z.string() }),
});

/** Reads the scanner's report. One that is not whole is no report: nothing is clean by default. */
export function readLeaks(text: string): Known<readonly Leak[]> {
  const parsed = report.safeParse(parseJson(text));
  if (!parsed.success) return unread("left a report that cannot be read");
  const { findings, scan } = parsed.data;
  if (scan.state !== "complete") return unread(`did not come to its end (${scan.state})`);
  return { value: (findings ?? []).map(leakOf) };
}

type Found = NonNullable<z.infer<typeof report>["findings"]>[number];

function leakOf({ rule_id, confidence, attributes, location }: Found): Leak {
  return {
    rule: rule_id,
    what: `something that looks like ${named(rule_id)}`,
    ...(location.path !== undefined && { file: location.path }),
    line: Math.max(1, location.start_line ?? 1),
    commit: attributes?.["git.sha"] ?? "",
    confidence: confidence ?? "",
  };
}

/** The rule's own words: `github-pat` is `a secret (github-pat)`. */
function named(rule: string): string {
  return rule === "private-key" ? "a private key" : `a secret (${rule})`;
}

/** The same place found twice is one leak. */
export function uniqueLeaks(leaks: readonly Leak[]): Leak[] {
  const byPlace = new Map(
    leaks.map((leak) => [JSON.stringify([leak.commit, leak.file, leak.line, leak.rule]), leak]),
  );
  return [...byPlace.values()].toSorted(
    (a, b) => order(a.file ?? "", b.file ?? "") || a.line - b.line,
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unread(what: string): { unknown: string; mend: string } {
  return {
    unknown: `the secret scanner ${what}`,
    mend: "run it again; where it stays so, please report it with the scanner's version",
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
