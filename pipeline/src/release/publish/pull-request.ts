import type { ReleasePlan } from "../plan.ts";
import type { ReleaseHost } from "./host.ts";
import { done, mapAnswer, needed, type Step, thenAnswer } from "./step.ts";

export interface ReleasePull {
  readonly plan: ReleasePlan;
  readonly host: ReleaseHost;
  /** Where the work is: `develop`. */
  readonly head: string;
  /** What is released: `main`. */
  readonly base: string;
}

/** GitHub takes 65,536 characters. */
const longestBody = 60_000;

/** The release pull request, opened or refreshed: what merging it will release. */
export function pullRequestStep({ plan, host, head, base }: ReleasePull): Step {
  const title = `chore: release ${plan.tag}`;
  const body = bodyOf(plan, base);
  return {
    id: "pull-request",
    title: `the release pull request ${head} → ${base}`,
    effects: `opens a pull request from ${head} to ${base}, or brings its title and text up to date`,
    look: async () =>
      mapAnswer(await host.findOpenPull(head, base), (pull) =>
        pull?.title === title && sameText(pull.body, body) ? done(pull.url) : needed,
      ),
    act: async () =>
      thenAnswer(await host.findOpenPull(head, base), async (pull) =>
        pull
          ? mapAnswer(await host.updatePull(pull.number, title, body), () => pull.url)
          : mapAnswer(await host.createPull({ head, base, title, body }), ({ url }) => url),
      ),
  };
}

function bodyOf({ tag, notes }: ReleasePlan, base: string): string {
  const shown =
    notes.length > longestBody
      ? `${notes.slice(0, notes.lastIndexOf("\n", longestBody))}\n…`
      : notes;
  return `Merging this into ${base} deploys it and releases **${tag}**.\n\n${shown.trim()}\n`;
}

/** GitHub may store other line ends than it was given. */
function sameText(one: string, other: string): boolean {
  const plain = (text: string): string => text.replace(/\r\n/g, "\n").trim();
  return plain(one) === plain(other);
}
