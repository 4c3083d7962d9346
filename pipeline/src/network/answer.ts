/** Everything that asking a service can come to. Nothing else is ever thrown, but for bugs. */
export type Answer<T> =
  | { readonly kind: "ok"; readonly value: T }
  /** Heard and turned down: certainly not applied. */
  | { readonly kind: "refused"; readonly reason: string; readonly status: number }
  | { readonly kind: "rate-limited"; readonly retryAfterSeconds: number }
  /** The token is not accepted, or may not do this. */
  | { readonly kind: "unauthorised"; readonly reason: string }
  /** No answer that can be used: what was asked may have been applied, unless it never got there. */
  | { readonly kind: "lost"; readonly reason: string; readonly reached: boolean }
  /** An answer, but not of the form that the service promises; it may have been applied. */
  | { readonly kind: "malformed"; readonly reason: string };

export type Failure = Exclude<Answer<never>, { readonly kind: "ok" }>;

export function ok<T>(value: T): { readonly kind: "ok"; readonly value: T } {
  return { kind: "ok", value };
}

export function refused(reason: string, status = 200): Failure {
  return { kind: "refused", reason, status };
}

export function lost(reason: string, reached = true): Failure {
  return { kind: "lost", reason, reached };
}

export function mapOk<A, B>(answer: Answer<A>, change: (value: A) => B): Answer<B> {
  return answer.kind === "ok" ? ok(change(answer.value)) : answer;
}

export async function thenOk<A, B>(
  answer: Answer<A>,
  next: (value: A) => Promise<Answer<B>> | Answer<B>,
): Promise<Answer<B>> {
  return answer.kind === "ok" ? next(answer.value) : answer;
}

/** Whether an act with this answer may have taken effect, so that one has to look before repeating. */
export function mayBeApplied(answer: Answer<unknown>): boolean {
  return answer.kind === "malformed" || (answer.kind === "lost" && answer.reached);
}

/** One sentence for people, without anything secret; the service's name begins it. */
export function describeFailure(service: string, failure: Failure): string {
  switch (failure.kind) {
    case "refused":
      return `${service} refused: ${failure.reason}`;
    case "rate-limited":
      return `${service} takes no more requests for ${failure.retryAfterSeconds} s`;
    case "unauthorised":
      return `${service} does not accept the token for this: ${failure.reason}`;
    case "lost":
      return `${service} gave no usable answer: ${failure.reason}`;
    case "malformed":
      return `${service}'s answer has another form than its schema says: ${failure.reason}`;
  }
}
