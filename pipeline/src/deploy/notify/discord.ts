import { type Escape, escapedLine, fitLines, linkAddress } from "./fit.ts";
import type { Link, Message } from "./message.ts";

/** A message for a webhook of Discord. */
export interface DiscordMessage {
  readonly content: string;
  readonly embeds: readonly {
    readonly title: string;
    readonly description: string;
    readonly color: number;
  }[];
  /** Nobody is called, whatever stands in the text. */
  readonly allowed_mentions: { readonly parse: readonly never[] };
}

const longestDescription = 4096;
const longestValue = 200;
const colours = { good: 0x2da44e, bad: 0xcf222e, unsure: 0xd4a72c } as const;

export function discordMessage(message: Message): DiscordMessage {
  const { title, alarm, facts, why, action, commands, links, tone } = message;
  const description = fitLines(
    {
      before: [
        ...(alarm ? [`**${data(alarm)}**`, ""] : []),
        ...facts.map(({ label, value }) => `**${label}:** ${data(value)}`),
      ],
      filling: why.map((line) => `• ${data(line, 400)}`),
      after: [
        ...(action ? ["", `**Action required:** ${data(action, 400)}`] : []),
        ...commands.map((command) => `\`${command}\``),
        ...linkLine(links),
      ],
    },
    longestDescription,
  );
  return {
    content: data(message.headline),
    embeds: [{ title: data(title), description, color: colours[tone] }],
    allowed_mentions: { parse: [] },
  };
}

function linkLine(links: readonly Link[]): readonly string[] {
  const written = links.flatMap(({ label, url }) => {
    const address = linkAddress(url);
    return address ? [`[${data(label)}](${address})`] : [];
  });
  return written.length > 0 ? ["", written.join(" | ")] : [];
}

function data(text: string, most = longestValue): string {
  return escapedLine(text, most, escaped);
}

/** A mark that is not seen keeps `@everyone` and `https://` from being what they look like. */
const unseen = "\u2060";

const escaped: Escape = (char) => {
  if (char === "@") return `@${unseen}`;
  if (char === "/") return `/${unseen}`;
  return /[\\*_~`|<>#[\]()-]/.test(char) ? `\\${char}` : char;
};
