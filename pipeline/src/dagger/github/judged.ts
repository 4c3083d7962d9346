/** What a comparison came to: its words, and the exit code that the command line has for it. */
export interface Judged {
  readonly exit: number;
  readonly text: string;
}

/** The words with the verdict in front, as an error where it is not green: `dagger call` knows 0 and 1. */
export function answerOf({ exit, text }: Judged): string {
  const verdict = exit === 0 ? "passed" : exit === 1 ? "failed" : "unknown";
  const answer = `verdict: ${verdict} (exit code ${exit})\n${text}`;
  if (exit !== 0) throw new Error(answer.trimEnd());
  return answer;
}
