import { visibleLine } from "../report/visible.ts";
import type { NothingToRelease, ReleasePlan } from "./plan.ts";

const longestList = 20;

/** What is due, as a person reads it in a terminal: version, why, what else there is, the notes. */
export function describeRelease(
  plan: ReleasePlan | NothingToRelease,
  { verbose = false }: { readonly verbose?: boolean } = {},
): string {
  const name = plan.component ? `${plan.component}: ` : "";
  if (plan.version === null) {
    return [`${name}nothing to release: ${plan.reason}`, ...asides(plan, verbose), ""].join("\n");
  }
  const from = plan.previous ? `${plan.previous} → ` : "";
  return [
    `${name}${from}${plan.tag} (${plan.level}${plan.channel ? `, channel ${plan.channel}` : ""})`,
    "",
    ...block(
      "Decided by:",
      plan.why.map((each) => `${short(each.hash)} ${visibleLine(each.header)} (${each.rule})`),
      verbose,
    ),
    ...asides(plan, verbose),
    plan.notes,
  ].join("\n");
}

function asides(plan: ReleasePlan | NothingToRelease, verbose: boolean): string[] {
  return [
    ...block(
      "Reverted before anybody got it:",
      plan.cancelled.map((c) => `${short(c.hash)} ${visibleLine(c.header)} (by ${short(c.by)})`),
      verbose,
    ),
    ...block("Follows no convention:", plan.unconventional.map(visibleLine), verbose),
    ...block(
      "Taken from the repository's own release tool:",
      plan.inferred.map(({ what, from }) => visibleLine(`${what}, from ${from}`)),
      verbose,
    ),
    ...plan.warnings.map((warning) => `warning: ${visibleLine(warning)}`),
  ];
}

function block(title: string, lines: readonly string[], verbose: boolean): string[] {
  if (lines.length === 0) return [];
  const shown = verbose ? lines : lines.slice(0, longestList);
  const more = lines.length - shown.length;
  return [
    title,
    ...shown.map((line) => `  ${line}`),
    ...(more > 0 ? [`  … and ${more} more (--verbose)`] : []),
    "",
  ];
}

function short(hash: string): string {
  return hash.slice(0, 7);
}
