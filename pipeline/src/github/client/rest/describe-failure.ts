import { describeFailure as describe, type Failure } from "../../../network/answer.ts";

/** One sentence for people on what GitHub did not do. */
export function describeFailure(failure: Failure): string {
  return describe("GitHub", failure);
}
