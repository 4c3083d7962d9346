import type { News } from "../procedure/world.ts";
import type { Verdict } from "../verdict.ts";

const most = 20;

/** What a version's own log explains. */
const explained: ReadonlySet<Verdict> = new Set(["build-failed", "never-live", "crashed"]);

/**
 * Leaves a deployment's log out of what is shown, but for its last lines before a failure that they
 * explain. Takes each line with its news, and answers what to show now.
 */
export function createLastWords(): (line: string, news: News) => readonly string[] {
  let kept: string[] = [];
  return (line, news) => {
    if (news.type === "log") {
      kept = [...kept, line].slice(-most);
      return [];
    }
    if (news.type !== "state" || news.state.at !== "failed") return [line];
    const told = explained.has(news.state.verdict) ? kept : [];
    kept = [];
    return [...told, line];
  };
}
