import type { Finding, TestFailure } from "../../execute/run.ts";
import { testName } from "../../results/tally.ts";
import { cutMiddle } from "../../results/text.ts";
import { code, codeBlock, inline, prose } from "./escape.ts";
import type { Links } from "./links.ts";

/** A failing test: its name, its place, what it said, and its trace in so many characters. */
export function failureItem(failure: TestFailure, links: Links, trace: number): string {
  const place = failure.file ? `${links(failure.file, failure.line)} ` : "";
  const head = `✗ ${code(testName(failure))}  \n${place}${code(failure.message)}`;
  if (trace === 0 || !failure.details) return head;
  const block = codeBlock(cutMiddle(failure.details, trace));
  return `${head}\n\n<details><summary>trace</summary>\n\n${block}\n\n</details>`;
}

/** A finding as an item of a list: its place, its words, its rule and what mends it. */
export function findingItem(finding: Finding, links: Links): string {
  const rule = finding.rule === undefined ? "" : ` (${inline(finding.rule, 100)})`;
  const place =
    finding.file && `${links(finding.file, finding.line || undefined, finding.column)} `;
  const mend = finding.mend === undefined ? "" : `; ${prose(finding.mend)}`;
  return `- ${place}${prose(finding.message)}${rule}${mend}`;
}

/** `- ` and a sentence. */
export function remarkItem(text: string): string {
  return `- ${prose(text)}`;
}
