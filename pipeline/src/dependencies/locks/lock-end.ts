import { stripAnsi } from "../../results/text.ts";
import type { Locked } from "../search/ports.ts";
import { isImpossible } from "./lock-command.ts";
import type { LockSite } from "./lock-sites.ts";

/** How a package manager ended, and the lock that it left. */
export interface LockEnd {
  readonly program: string;
  readonly exit: number;
  /** Why it was ended, where it did not end by itself. */
  readonly ended?: string | undefined;
  readonly output: string;
  readonly written: string | undefined;
}

/** Whether there is a lock, there can be none, or nobody knows. */
export function lockedOf({ tool }: Pick<LockSite, "tool">, end: LockEnd): Locked {
  const { program, exit, ended, written } = end;
  const output = stripAnsi(end.output);
  if (exit === 0 && written !== undefined) return { kind: "locked", text: written };
  if (!ended && isImpossible(tool, output)) return { kind: "impossible", reason: telling(output) };
  return {
    kind: "world",
    reason: ended ? `${program} was ended: ${ended}` : `${program} failed: ${telling(output)}`,
    mend: "check that this machine reaches the package registry (a proxy or its certificate may be missing), and run it again",
  };
}

/** The line that says why, without the words around it. */
function telling(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.replace(/^(npm (error|ERR!)|error:|\s*cause:)\s*/, "").trim());
  const found =
    lines.find((line) =>
      /No solution|Because |Failed to fetch|FetchError|^peer .* from |No matching|request to /.test(
        line,
      ),
    ) ?? lines.findLast((line) => line !== "");
  return (found ?? "it said nothing").slice(0, 400);
}
