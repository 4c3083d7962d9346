import type { Standing } from "../../deploy/records/state.ts";
import { visibleLine } from "../../report/visible.ts";

/** An attempt as data, for programs. */
export function shownAttempt({ attempt, state }: Standing) {
  const { key, kind, commit, tag, from, actor, at, url } = attempt.opening;
  const ended = state.at === "ended" && {
    verdict: state.verdict,
    rollback: state.rollback,
    serving: state.serving,
    endedAt: attempt.entries.at(-1)?.at,
  };
  return {
    fence: attempt.fence,
    key,
    kind,
    at,
    commit,
    ...(tag && { tag }),
    ...(from && { from }),
    actor,
    ...(url && { url }),
    state: state.at,
    ...ended,
  };
}

/** The same in one line, for people. */
export function attemptLine({ attempt, state }: Standing): string {
  const { key, kind, commit, tag, from, actor, at } = attempt.opening;
  const what = `${kind} ${tag ?? commit.slice(0, 12)}${from ? ` from ${from}` : ""}`;
  const came = state.at === "ended" ? `${state.verdict}${rolledBack(state.rollback)}` : state.at;
  return visibleLine(`${at.slice(0, 19)}Z  ${what}  ${came}  by ${actor}  (${key})`);
}

function rolledBack(rollback: string): string {
  if (rollback === "not-needed") return "";
  return rollback === "done" ? ", rolled back" : `, rollback ${rollback}`;
}
