import type { FileContent } from "../report/report.ts";
import type { Checked, UpdatePorts } from "./ports.ts";

/** The checks of files, each set of them run once. */
export interface Checks {
  readonly of: (files: readonly FileContent[], trying: readonly string[]) => Promise<Checked>;
  /** Runs so far. */
  readonly count: () => number;
}

export function createChecks({ check }: Pick<UpdatePorts, "check">): Checks {
  const verdicts = new Map<string, Checked>();
  return {
    count: () => verdicts.size,
    async of(files, trying) {
      const content = JSON.stringify(files);
      const checked = verdicts.get(content) ?? (await check(files, trying));
      verdicts.set(content, checked);
      return checked;
    },
  };
}
