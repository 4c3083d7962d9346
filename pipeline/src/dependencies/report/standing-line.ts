import { visibleLine } from "../../report/visible.ts";
import type { Standing } from "../contained.ts";

/** What became of the standing request, in a line; nothing where there is none. */
export function standingLine({ action, url, reason }: Standing): string {
  if (action === "none") return "";
  const words = `pull request: ${action}${url ? ` ${url}` : ""}${reason ? `: ${reason}` : ""}`;
  return `${visibleLine(words)}\n`;
}
