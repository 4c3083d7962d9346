import { type Parsed, parsed, unreadable } from "./parsed.ts";
import { cutEnd } from "./text.ts";

const maximumLength = 32 * 1024 * 1024;

/** A report's text as JSON, or why it is none. */
export function readJson(text: string): Parsed<unknown> {
  if (text.trim() === "") return unreadable("it is empty");
  if (text.length > maximumLength) {
    return unreadable(`it is larger than ${maximumLength / 1024 / 1024} MB`);
  }
  try {
    return parsed(JSON.parse(text.replace(/^\ufeff/, "")));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return unreadable(cutEnd(`it is not valid JSON: ${message.replace(/\s+/g, " ")}`, 200));
  }
}
