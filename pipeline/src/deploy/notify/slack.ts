import { type Escape, escapedLine, fitLines, linkAddress } from "./fit.ts";
import type { Link, Message } from "./message.ts";

/** A message for a webhook of Slack. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly {
    readonly type: "section";
    readonly text: { readonly type: "mrkdwn"; readonly text: string; readonly verbatim: true };
  }[];
}

/** Slack refuses a longer text in a block as a whole. */
const longestText = 3000;
const longestValue = 120;
const longestAddress = 250;

export function slackMessage(message: Message): SlackMessage {
  const { title, alarm, facts, why, action, commands, links, tone } = message;
  const mark = tone === "good" ? "*" : "";
  const text = fitLines(
    {
      before: [
        ...(alarm ? [`*${data(alarm)}*`] : []),
        `*${data(title)}*`,
        "",
        ...facts.map(({ label, value }) => `${mark}${label}:${mark} ${data(value)}`),
      ],
      filling: why.map((line) => `• ${data(line, 300)}`),
      after: [
        ...(action ? ["", `Action required: ${data(action, 400)}`] : []),
        ...commands.map((command) => `\`${data(command, 200)}\``),
        ...linkLine(links),
      ],
    },
    longestText,
  );
  // `verbatim`: nothing that is not marked up becomes a link or a mention.
  const section = { type: "section", text: { type: "mrkdwn", text, verbatim: true } } as const;
  return { text: data(message.headline), blocks: [section] };
}

function linkLine(links: readonly Link[]): readonly string[] {
  const written = links.flatMap(({ label, url }) => {
    const address = linkAddress(url)?.replaceAll("&", "&amp;");
    return address && address.length <= longestAddress ? [`<${address}|${data(label)}>`] : [];
  });
  return written.length > 0 ? ["", written.join(" | ")] : [];
}

function data(text: string, most = longestValue): string {
  return escapedLine(text, most, escaped).replace(callsAll, "@\u2060");
}

/** Beside the marked-up form; a mark that is not seen makes it a plain word. */
const callsAll = /@(?=everyone|here|channel|group)/gi;

/** These three are all that Slack's markup needs to call people or to lead elsewhere. */
const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const escaped: Escape = (char) => entities[char] ?? char;
