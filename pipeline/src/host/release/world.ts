import type { StepReport } from "../../release/publish/run-steps.ts";

/** A machine's variables, or those that a container was given. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What a release takes from outside, and whom it tells of each step as soon as it is known. */
export interface ReleaseWorld {
  readonly env: Variables;
  readonly report: (tag: string, step: StepReport) => void;
}
