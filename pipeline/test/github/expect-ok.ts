import type { Answer } from "../../src/github/client/index.ts";

/** What was answered; any other answer fails the test, with its words. */
export async function expectOk<T>(answer: Promise<Answer<T>> | Answer<T>): Promise<T> {
  const heard = await answer;
  if (heard.kind !== "ok") throw new Error(JSON.stringify(heard));
  return heard.value;
}
