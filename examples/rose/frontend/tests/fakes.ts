import { ApiError, type Message, type RoseApi } from "../src/api.ts";
import type { SessionStore } from "../src/session-store.ts";

export const GREETING = "Hello, I'm Rose.";

/** A server in memory. `fail` makes the next request end with this error. */
export class FakeApi implements RoseApi {
  readonly sessions = new Map<string, Message[]>();
  private failure: ApiError | undefined;

  fail(error: ApiError = new ApiError("Rose can’t be reached right now.")): void {
    this.failure = error;
  }

  async start() {
    await this.arrive();
    const id = `session-${String(this.sessions.size + 1)}`;
    this.sessions.set(id, [{ role: "assistant", content: GREETING }]);
    return { session_id: id, greeting: GREETING };
  }

  async chat(sessionId: string, message: string) {
    await this.arrive();
    const reply = `You said: ${message}`;
    this.session(sessionId).push(
      { role: "user", content: message },
      { role: "assistant", content: reply },
    );
    return reply;
  }

  async history(sessionId: string) {
    await this.arrive();
    return [...this.session(sessionId)];
  }

  private async arrive(): Promise<void> {
    await Promise.resolve();
    const failure = this.failure;
    this.failure = undefined;
    if (failure) throw failure;
  }

  private session(id: string): Message[] {
    const found = this.sessions.get(id);
    if (found) return found;
    throw new ApiError("There is no such session.", { status: 404 });
  }
}

export function memoryStore(sessionId?: string): SessionStore {
  let kept = sessionId;
  return {
    load: () => kept,
    save: (id) => {
      kept = id;
    },
    clear: () => {
      kept = undefined;
    },
  };
}
