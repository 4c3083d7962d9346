import { describe, expect, test, vi } from "vitest";
import { ApiError } from "../src/api.ts";
import { Conversation, type State, type Status } from "../src/conversation.ts";
import { FakeApi, GREETING, memoryStore } from "./fakes.ts";

function talk(store = memoryStore()) {
  const api = new FakeApi();
  const seen: State[] = [];
  const conversation = new Conversation(api, store, (state) => seen.push(state));
  const until = (status: Status) =>
    vi.waitFor(() => {
      expect(conversation.state.status).toBe(status);
    });
  const said = () => conversation.state.messages.map((message) => message.content);
  return { api, store, seen, conversation, until, said };
}

describe("opening", () => {
  test("begins a session with Rose's greeting and remembers it", async () => {
    const { conversation, seen, store, said } = talk();
    await conversation.open();
    expect(seen.map((state) => state.status)).toEqual(["starting", "ready"]);
    expect(said()).toEqual([GREETING]);
    expect(store.load()).toBe("session-1");
  });

  test("goes on with the session that the tab had", async () => {
    const { api, conversation, said } = talk(memoryStore("mine"));
    api.sessions.set("mine", [{ role: "assistant", content: "welcome back" }]);
    await conversation.open();
    expect(said()).toEqual(["welcome back"]);
  });

  test("begins anew when the server has forgotten the session", async () => {
    const { conversation, store, said } = talk(memoryStore("gone"));
    await conversation.open();
    expect(said()).toEqual([GREETING]);
    expect(store.load()).toBe("session-1");
  });

  test("keeps the session when the server cannot be reached, and opens it on retry", async () => {
    const { api, conversation, said } = talk(memoryStore("mine"));
    api.sessions.set("mine", [{ role: "assistant", content: "welcome back" }]);
    api.fail();
    await conversation.open();
    expect(conversation.state).toMatchObject({ status: "failed", messages: [] });
    await conversation.retry();
    expect(said()).toEqual(["welcome back"]);
  });
});

describe("talking", () => {
  test("shows the message at once and then the answer", async () => {
    const { conversation, until, said } = talk();
    await conversation.open();
    expect(conversation.send("  I am here ")).toBe(true);
    expect(conversation.state.status).toBe("busy");
    expect(said()).toEqual([GREETING, "I am here"]);
    await until("ready");
    expect(said()).toEqual([GREETING, "I am here", "You said: I am here"]);
  });

  test("takes neither silence nor a second message while it waits", async () => {
    const { conversation, until, said } = talk();
    expect(conversation.send("too early")).toBe(false);
    await conversation.open();
    expect(conversation.send("   ")).toBe(false);
    conversation.send("one");
    expect(conversation.send("two")).toBe(false);
    await until("ready");
    expect(said()).toEqual([GREETING, "one", "You said: one"]);
  });

  test("says what went wrong, keeps the message, and sends it again once", async () => {
    const { api, conversation, until, said } = talk();
    await conversation.open();
    api.fail(new ApiError("Rose has no words right now.", { status: 502 }));
    conversation.send("hello");
    await until("failed");
    expect(conversation.state.problem).toBe("Rose has no words right now.");
    await conversation.retry();
    expect(said()).toEqual([GREETING, "hello", "You said: hello"]);
    expect(conversation.state.problem).toBeUndefined();
  });

  test("goes on in a new session when the server lost the old one", async () => {
    const { api, store, conversation, until, said } = talk();
    await conversation.open();
    api.sessions.clear();
    api.sessions.set("somebody else's", []);
    conversation.send("still there?");
    await until("ready");
    expect(said()).toEqual([GREETING, "still there?", "You said: still there?"]);
    expect(store.load()).toBe("session-2");
  });

  test("does not show the text of an error that is not meant for people", async () => {
    const { api, conversation } = talk();
    vi.spyOn(api, "start").mockRejectedValue(new TypeError("undefined is not a function"));
    await conversation.open();
    expect(conversation.state.problem).toBe("Something went wrong.");
  });

  test("has nothing to retry while all is well", async () => {
    const { conversation, seen } = talk();
    await conversation.open();
    await conversation.retry();
    expect(seen).toHaveLength(2);
  });
});

describe("beginning a new talk", () => {
  test("forgets the old one", async () => {
    const { conversation, until, store, said } = talk();
    await conversation.open();
    conversation.send("hello");
    await until("ready");
    await conversation.restart();
    expect(said()).toEqual([GREETING]);
    expect(store.load()).toBe("session-2");
  });

  test("does not come back to the old one when it fails", async () => {
    const { api, conversation, store } = talk();
    await conversation.open();
    api.fail();
    await conversation.restart();
    await conversation.retry();
    expect(store.load()).toBe("session-2");
  });

  test("waits for an answer that is under way", async () => {
    const { conversation, until, said } = talk();
    await conversation.open();
    conversation.send("hello");
    await conversation.restart();
    await until("ready");
    expect(said()).toHaveLength(3);
  });
});
