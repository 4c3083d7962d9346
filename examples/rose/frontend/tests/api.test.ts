import { expect, test, vi } from "vitest";
import { ApiError, httpApi } from "../src/api.ts";

function answering(body: unknown, status = 200) {
  return vi.fn<typeof fetch>(() => Promise.resolve(Response.json(body, { status })));
}

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.catch((caught: unknown) => caught);
  if (error instanceof ApiError) return error;
  throw new Error(`no ApiError, but ${String(error)}`);
}

test("starts a session by POST", async () => {
  const fetcher = answering({ session_id: "abc", greeting: "Hello" });
  expect(await httpApi(fetcher).start()).toEqual({ session_id: "abc", greeting: "Hello" });
  expect(fetcher).toHaveBeenCalledWith(
    "/api/session/start",
    expect.objectContaining({ method: "POST" }),
  );
});

test("sends a message as JSON and returns the reply", async () => {
  const fetcher = answering({ reply: "I hear you.", turns: 1 });
  expect(await httpApi(fetcher).chat("abc", "hi")).toBe("I hear you.");
  const [path, init] = fetcher.mock.calls[0] ?? [];
  expect(path).toBe("/api/chat");
  expect(init?.body).toBe('{"session_id":"abc","message":"hi"}');
});

test("reads a history by GET and encodes the id", async () => {
  const fetcher = answering({ session_id: "a/b", messages: [{ role: "user", content: "hi" }] });
  expect(await httpApi(fetcher).history("a/b")).toEqual([{ role: "user", content: "hi" }]);
  const [path, init] = fetcher.mock.calls[0] ?? [];
  expect(path).toBe("/api/session/a%2Fb/history");
  expect(init?.method).toBeUndefined();
});

test("uses the browser's own fetch by default", async () => {
  vi.stubGlobal("fetch", answering({ session_id: "abc", greeting: "Hello" }));
  expect(await httpApi().start()).toMatchObject({ session_id: "abc" });
  vi.unstubAllGlobals();
});

test("a server that is not reached has no status, and the cause is kept", async () => {
  const cause = new TypeError("fetch failed");
  const error = await failure(httpApi(() => Promise.reject(cause)).start());
  expect(error).toMatchObject({ status: undefined, cause });
  expect(error.message).toBe("Rose can’t be reached right now.");
});

test("an error carries the server's own words", async () => {
  const error = await failure(httpApi(answering({ detail: "No such session." }, 404)).start());
  expect(error).toMatchObject({ status: 404, message: "No such session." });
});

test.each([
  ["a list of details", () => Response.json({ detail: [{ msg: "too long" }] }, { status: 422 })],
  ["a page", () => new Response("<h1>Bad gateway</h1>", { status: 422 })],
  ["null", () => Response.json(null, { status: 422 })],
])("an error with %s is told by its status", async (_, response) => {
  const error = await failure(httpApi(() => Promise.resolve(response())).start());
  expect(error.message).toBe("Something went wrong (422).");
});

test("an answer that is no JSON is an error, whatever its status", async () => {
  const error = await failure(httpApi(() => Promise.resolve(new Response("<html>"))).start());
  expect(error.message).toBe("Rose’s answer could not be read.");
});
