import { type Entry, entry } from "./entry.ts";

/**
 * An entry as one short line, for places that keep no more: GitHub's deployment statuses hold 140
 * characters. Other texts are none of ours.
 */
const mark = "gantry1";

export function lineOf({ sequence, at, by, event, hash, ...more }: Entry): string {
  const parts = [
    mark,
    sequence,
    Date.parse(at).toString(36),
    by,
    event,
    more.id === undefined ? "" : `i=${encoded(more.id)}`,
    more.verdict === undefined ? "" : `v=${more.verdict}`,
    more.rollback === undefined ? "" : `r=${more.rollback}`,
    more.wasLive === undefined ? "" : `l=${Number(more.wasLive)}`,
    `h=${hash}`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

export function entryOf(line: string): Entry | undefined {
  const [first, sequence, time, by, event, ...rest] = line.trim().split(" ");
  if (first !== mark || time === undefined) return undefined;
  const milliseconds = Number.parseInt(time, 36);
  const fields = new Map(rest.map((part) => [part.slice(0, 2), part.slice(2)]));
  const id = fields.get("i=");
  const parsed = entry.safeParse({
    sequence: Number(sequence),
    at: isTime(milliseconds) ? new Date(milliseconds).toISOString() : "",
    by,
    event,
    hash: fields.get("h="),
    ...(id !== undefined && { id: decoded(id) }),
    ...(fields.has("v=") && { verdict: fields.get("v=") }),
    ...(fields.has("r=") && { rollback: fields.get("r=") }),
    ...(fields.has("l=") && { wasLive: fields.get("l=") === "1" }),
  });
  return parsed.data;
}

/** Only what would break the line: an id of ordinary characters stays as long as it is. */
function encoded(id: string): string {
  return id.toWellFormed().replace(/[\s%\p{Cc}]/gu, encodeURIComponent);
}

function isTime(milliseconds: number): boolean {
  return Number.isFinite(milliseconds) && milliseconds > 0 && milliseconds < 8.64e15;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
