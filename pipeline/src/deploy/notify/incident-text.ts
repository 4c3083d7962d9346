import { code, codeBlock, inline, prose } from "../../report/markdown/escape.ts";
import { visibleLine } from "../../report/visible.ts";
import { cutEnd } from "../../results/text.ts";
import { meanings } from "../verdict.ts";
import { mendCommands } from "./mend-commands.ts";
import { messageOf, nounOf } from "./message.ts";
import { type Told, versionName } from "./told.ts";

/** By this an incident is found again, whoever changed its title. */
export function incidentMark(environment: string): string {
  return `<!-- gantry:incident:${environment} -->`;
}

/** By this what was said of one attempt is found again, so that it is said once. */
export function attemptMark({ attempt, verdict, rollback }: Told): string {
  return `<!-- gantry:attempt:${attempt.replace(/[^\w.-]/g, "_")}:${verdict}:${rollback} -->`;
}

/** Labels are at most 50 characters long. */
export function incidentLabels(environment: string): readonly [string, string] {
  return ["incident", `deploy:${environment}`.slice(0, 50)];
}

export function incidentTitle(told: Told): string {
  const what = `Incident: ${nounOf(told)} to ${told.environment} ended ${told.verdict}`;
  return cutEnd(visibleLine(`${what} (${versionName(told)})`), 200);
}

/** What happened, what serves, what mends it: the body of an issue, or of a comment on an open one. */
export function incidentText(told: Told): string {
  return [
    `${incidentMark(told.environment)}\n${attemptMark(told)}`,
    headOf(told),
    "### What to do",
    `${prose(meanings[told.verdict].mend)}.`,
    codeBlock(mendCommands(told).join("\n"), "sh"),
    "### What happened",
    ...whyList(told),
    eventTable(told),
    ...linksOf(told),
  ]
    .join("\n\n")
    .slice(0, longestBody);
}

/** GitHub takes 65,536 characters; every part is bounded far below that, so nothing is cut in fact. */
const longestBody = 65_000;
const mostLines = 30;
const mostEvents = 100;

function headOf(told: Told): string {
  const { alarm } = messageOf(told);
  const { environment, verdict, serving, rollback } = told;
  const version = `${code(cutEnd(versionName(told), 100))} (commit ${code(told.commit.slice(0, 12))})`;
  const serves = serving
    ? `**Serves now:** ${inline(versionName(serving))}, deployment ${inline(serving.id)}.`
    : "**Serves now:** not known.";
  return [
    ...(alarm ? [`**${inline(alarm)}.**`] : []),
    `The ${nounOf(told)} of ${version} to ${inline(environment)} by ${inline(told.actor)} ended **${verdict}**: ${environment} ${prose(meanings[verdict].means)}.`,
    ...(rollback === "done" ? ["It was rolled back; the version before it is proven."] : []),
    serves,
  ].join("\n\n");
}

function whyList({ why }: Told): readonly string[] {
  const lines = why.slice(0, mostLines).map((line) => `- ${inline(line)}`);
  return lines.length > 0 ? [lines.join("\n")] : [];
}

function eventTable({ events }: Told): string {
  if (events.length === 0) return "Nothing was begun.";
  const left = events.length - mostEvents;
  const rows = events
    .slice(-mostEvents)
    .map(({ at, event, about }) => `| ${inline(at)} | ${inline(event)} | ${inline(about)} |`);
  const cut = left > 0 ? [`| | ${left} earlier ones are left out | |`] : [];
  return ["| time (UTC) | state | |", "| --- | --- | --- |", ...cut, ...rows].join("\n");
}

function linksOf(told: Told): readonly string[] {
  const links = [
    told.url && `- the service: ${address(told.url)}`,
    told.runUrl && `- the run: ${address(told.runUrl)}`,
  ].filter((line) => typeof line === "string");
  const more = `- the record: ${code(`gantry history --env ${told.environment}`)}`;
  return ["### Where to look", [...links, more].join("\n")];
}

/** Addresses are links only where they are plainly that. */
function address(url: string): string {
  return /^https?:\/\/[\w./:%-]+$/.test(url) && url.length < 500 ? url : code(url);
}

/** Said on the incident that ends. */
export function resolvedText(told: Told): string {
  const version = code(cutEnd(versionName(told), 100));
  return [
    attemptMark(told),
    `${inline(told.environment)} serves ${version} (commit ${code(told.commit.slice(0, 12))}), and it is proven. Brought by ${inline(told.actor)} with a ${nounOf(told)}.`,
    ...(told.runUrl ? [`The run: ${address(told.runUrl)}`] : []),
  ].join("\n\n");
}
