import { breaksIn, servingLine } from "../../deploy/records/history.ts";
import { readStandings } from "../../deploy/records/journal.ts";
import { noRecord } from "../../deploy/records/no-record.ts";
import { ok, type Result } from "../../errors/problem.ts";
import type { Shown } from "./ask.ts";
import type { OpenEnvironment } from "./open.ts";
import { attemptLine, shownAttempt } from "./shown-attempt.ts";

/** What was deployed, and what served when: the newest attempts, newest first. */
export async function environmentHistory(
  opened: OpenEnvironment,
  atMost: number,
): Promise<Result<Shown>> {
  const read = await readStandings(opened.store, atMost);
  if (read.kind !== "ok") return noRecord(opened, read);
  const standings = read.value;
  const line = servingLine(standings);
  const breaks = breaksIn(standings.map(({ attempt }) => attempt));
  const text = [
    standings.length === 0 ? "nothing was deployed by Gantry yet" : "attempts, newest first",
    ...standings.map((one) => `  ${attemptLine(one)}`),
    ...(line.length === 0 ? [] : ["what served, oldest first"]),
    ...line.map(
      ({ at, serving, proven }) =>
        `  ${at.slice(0, 19)}Z  ${serving ? `${serving.tag ?? serving.commit?.slice(0, 12) ?? "unknown version"}, deployment ${serving.id}` : "nothing"}${proven ? "  proven" : ""}`,
    ),
    ...breaks.map((found) => `✗ the record was changed by somebody else: ${found}`),
  ];
  return ok({
    json: { attempts: standings.map(shownAttempt), served: line, breaks },
    text: text.join("\n"),
  });
}
