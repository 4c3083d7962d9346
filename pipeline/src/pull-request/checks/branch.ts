import { notAsked, type PullRequestCheck } from "../check.ts";
import { botBranches } from "../rules.ts";
import { shown } from "../shown.ts";

/** A branch's name says what it is for, and what may be done with it. */
export const branchCheck: PullRequestCheck = {
  name: "branch",
  run: ({ branch }, { branches }) => {
    if (branches.length === 0) return notAsked;
    if (branch === undefined) {
      return {
        reason: "no branch is checked out",
        mend: "check a branch out, or say `--branch NAME`",
        required: false,
      };
    }
    if ([...branches, ...botBranches].some((allowed) => fits(branch, allowed))) return [];
    const names = branches.map((name) => `\`${name}${name.endsWith("/") ? "…" : ""}\``).join(", ");
    return [
      {
        severity: "error",
        message: `the branch ${shown(branch)} has no name that is allowed here: ${names}`,
        mend: `rename it: \`git branch -m ${better(branch, branches)}\`, push it, and open the pull request from there`,
      },
    ];
  },
};

/** Letters, digits and what stands between words: what every tool takes for a name and nothing else. */
const plain = /^[\p{L}\p{N}][\p{L}\p{N}._/+@#=-]*$/u;

function fits(branch: string, allowed: string): boolean {
  if (!plain.test(branch)) return false;
  return allowed.endsWith("/")
    ? branch.startsWith(allowed) && branch.length > allowed.length
    : branch === allowed;
}

/** `Fix-login page` → `fix/login-page`; what is no name at all gets one. */
function better(branch: string, branches: readonly string[]): string {
  const words = branch
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const folders = branches.filter((name) => name.endsWith("/"));
  const own = folders.find((name) => words.startsWith(name.slice(0, -1)));
  const prefix = own ?? folders[0] ?? "";
  const rest = own ? words.slice(own.length - 1).replace(/^-+/, "") : words;
  return `${prefix}${rest.slice(0, 60) || "what-it-does"}`;
}
