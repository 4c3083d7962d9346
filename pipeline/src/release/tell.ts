import type { ReleasePlan } from "./plan.ts";

/** What chats are told of a release; each service wants a form of its own. */
export function releaseMessage(
  name: string,
  { tag, changelog }: ReleasePlan,
  url: string,
): { readonly slack: object; readonly discord: object } {
  const counts = [
    [changelog.breaking.length, "breaking change", "breaking changes"],
    [changelog.features.length, "feature", "features"],
    [changelog.fixes.length, "fix", "fixes"],
  ] as const;
  const what = counts
    .filter(([count]) => count > 0)
    .map(([count, one, more]) => `${count} ${count === 1 ? one : more}`)
    .join(", ");
  const title = `📦 ${name} ${tag} is released`;
  const text = [what, url].filter((line) => line !== "").join("\n");
  const section = { type: "section", text: { type: "mrkdwn", text: `*${title}*\n\n${text}` } };
  return {
    slack: { text: title, blocks: [section] },
    // Nobody is called by a name that stands in it.
    discord: { content: `**${title}**\n\n${text}`, allowed_mentions: { parse: [] } },
  };
}
