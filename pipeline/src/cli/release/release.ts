import { exitOf } from "../../errors/catalogue.ts";
import type { ReleaseOptions } from "../commands/release.ts";
import { showProblems, type Terminal } from "../main.ts";
import { openRelease } from "./open.ts";
import { showPlans } from "./show.ts";

/** `gantry release`: plans, and unless it is only asked what would be, does it. */
export async function release(options: ReleaseOptions, terminal: Terminal): Promise<number> {
  const opened = await openRelease(options, terminal);
  if (!opened.ok) {
    showProblems(opened.problems, terminal, options.json ?? false);
    return exitOf(opened.problems);
  }
  showPlans(opened.value.plans, options, terminal);
  return 0;
}
