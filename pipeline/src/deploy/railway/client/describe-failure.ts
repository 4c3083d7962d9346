import { describeFailure as describe, type Failure } from "../../../network/answer.ts";

/** One sentence for people on what Railway did not do. */
export function describeFailure(failure: Failure): string {
  return describe("Railway", failure);
}
