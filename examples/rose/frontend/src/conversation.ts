import { ApiError, type Message, type RoseApi } from "./api.ts";
import type { SessionStore } from "./session-store.ts";

/** `starting` and `busy` wait for the server; `failed` waits for a retry. */
export type Status = "starting" | "ready" | "busy" | "failed";

export interface State {
  readonly status: Status;
  readonly messages: readonly Message[];
  /** What went wrong, for the person to read; only when failed. */
  readonly problem?: string;
}

export type Listener = (state: State) => void;

/** One talk with Rose: what is on the page follows from its state. */
export class Conversation {
  private readonly api: RoseApi;
  private readonly store: SessionStore;
  private readonly listener: Listener;
  private current: State = { status: "starting", messages: [] };
  private sessionId = "";

  constructor(api: RoseApi, store: SessionStore, listener: Listener) {
    this.api = api;
    this.store = store;
    this.listener = listener;
  }

  get state(): State {
    return this.current;
  }

  /** Goes on with the session that this tab had, or begins a new one. */
  async open(): Promise<void> {
    this.change({ status: "starting", messages: [] });
    await this.attempt(async () => {
      const messages = (await this.resume()) ?? (await this.begin());
      this.change({ status: "ready", messages });
    });
  }

  /** Begins a new session; not while an answer is awaited. */
  async restart(): Promise<void> {
    if (this.current.status === "starting" || this.current.status === "busy") return;
    this.store.clear();
    await this.open();
  }

  /** Says something; says whether it was taken. */
  send(text: string): boolean {
    const content = text.trim();
    if (this.current.status !== "ready" || content === "") return false;
    const messages = [...this.current.messages, { role: "user", content } as const];
    this.change({ status: "busy", messages });
    void this.answer(content);
    return true;
  }

  /** Does again what failed: the start, or the last message. */
  async retry(): Promise<void> {
    if (this.current.status !== "failed") return;
    const last = this.current.messages.at(-1);
    if (last?.role !== "user") {
      await this.open();
      return;
    }
    this.change({ status: "busy", messages: this.current.messages });
    await this.answer(last.content);
  }

  private async resume(): Promise<readonly Message[] | undefined> {
    const sessionId = this.store.load();
    if (sessionId === undefined) return undefined;
    try {
      const messages = await this.api.history(sessionId);
      this.sessionId = sessionId;
      return messages;
    } catch (error) {
      if (isUnknownSession(error)) return undefined;
      throw error;
    }
  }

  private async begin(): Promise<readonly Message[]> {
    const { session_id: sessionId, greeting } = await this.api.start();
    this.sessionId = sessionId;
    this.store.save(sessionId);
    return [{ role: "assistant", content: greeting }];
  }

  private async answer(content: string): Promise<void> {
    await this.attempt(async () => {
      const reply = await this.ask(content);
      const messages = [...this.current.messages, { role: "assistant", content: reply } as const];
      this.change({ status: "ready", messages });
    });
  }

  private async ask(content: string): Promise<string> {
    try {
      return await this.api.chat(this.sessionId, content);
    } catch (error) {
      if (!isUnknownSession(error)) throw error;
      // A server that was replaced may have forgotten the session: go on in a new one.
      await this.begin();
      return await this.api.chat(this.sessionId, content);
    }
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const problem = error instanceof ApiError ? error.message : "Something went wrong.";
      this.change({ status: "failed", messages: this.current.messages, problem });
    }
  }

  private change(state: State): void {
    this.current = state;
    this.listener(state);
  }
}

function isUnknownSession(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
