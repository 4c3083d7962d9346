import type { Ruleset } from "./model.ts";
import type { World } from "./world.ts";

/** Why nobody may push to a branch directly, or nothing; in GitHub's words. */
export function whyGuarded(world: World, branch: string): string | undefined {
  const protection = world.protections.get(branch);
  if (protection?.lock_branch === true) return "Cannot change this locked branch";
  const checks = checksOf(protection?.required_status_checks);
  const words = [
    checks > 0 && `${checks} of ${checks} required status checks are expected.`,
    protection?.required_pull_request_reviews && "Changes must be made through a pull request.",
  ].filter(Boolean);
  if (words.length > 0) return words.join(" ");
  const ruled = world.rulesets.some((one) => guards(world, one, branch));
  if (!ruled) return undefined;
  return "Repository rule violations found\n\nChanges must be made through a pull request.\n\n";
}

export function isProtected(world: World, branch: string): boolean {
  return world.protections.has(branch) || world.rulesets.some((one) => guards(world, one, branch));
}

function checksOf(checks: unknown): number {
  const { checks: all, contexts } = (checks ?? {}) as Record<string, readonly unknown[]>;
  return (all ?? contexts ?? []).length;
}

function guards(
  { options }: World,
  { target, enforcement, rules = [], conditions }: Ruleset,
  branch: string,
): boolean {
  const names = [`refs/heads/${branch}`, "~ALL"];
  if (branch === options.defaultBranch) names.push("~DEFAULT_BRANCH");
  const { include = [], exclude = [] } = conditions?.ref_name ?? {};
  const isMeant = include.some((one) => names.includes(one));
  const types = rules.map(({ type }) => type);
  const forbids = types.includes("pull_request") || types.includes("required_status_checks");
  const isLeftOut = exclude.some((one) => names.includes(one));
  return target === "branch" && enforcement === "active" && forbids && isMeant && !isLeftOut;
}
