import { describe, expect, it } from "vitest";
import { describeFailure, type Failure } from "./answer.ts";
import { type FetchLike, openNetwork } from "./network.ts";
import { postJson } from "./post-json.ts";

const url = "https://hooks.test/services/T0/B0/very-secret-part";
const broken = (code: string) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("inner"), { code }) });

/** Posts to a service that answers with these, one after the other. */
async function posting(...answers: readonly (Response | Error)[]) {
  const asked: RequestInit[] = [];
  const slept: number[] = [];
  const fetch: FetchLike = async (_url, init) => {
    const answer = answers[asked.push(init) - 1];
    if (answer === undefined || answer instanceof Error) throw answer;
    return answer;
  };
  const sleep = async (seconds: number) => void slept.push(seconds);
  const network = openNetwork({ fetch, sleep, random: () => 0.5, now: () => 0 });
  return { answer: await postJson(network, { url, body: { text: "hi" } }), asked, slept };
}

describe("posting JSON to an address", () => {
  it.each([
    [200, "ok"],
    [200, ""],
    [202, "<p>accepted"],
  ])("%d %j is taken as heard", async (status, text) => {
    const { answer, asked } = await posting(new Response(text, { status }));
    expect(answer).toEqual({ kind: "ok", value: undefined });
    expect(asked[0]).toMatchObject({ method: "POST", body: '{"text":"hi"}', redirect: "manual" });
  });

  it.each([
    [new Response("<html>", { status: 502 }), { kind: "lost", reached: true }],
    [broken("ECONNRESET"), { kind: "lost", reached: true }],
    [new Response("invalid_payload", { status: 400 }), { kind: "refused", status: 400 }],
    [new Response("no_team", { status: 404 }), { kind: "refused", reason: "no_team" }],
    [new Response("", { status: 403 }), { kind: "unauthorised" }],
  ])("never repeats what may have arrived (%#)", async (first, expected) => {
    const { answer, asked } = await posting(first, new Response("ok"));
    expect(answer).toMatchObject(expected);
    expect(asked).toHaveLength(1);
  });

  it("repeats what was not heard, and waits as long as it is told to", async () => {
    const limited = new Response("", { status: 429, headers: { "Retry-After": "7" } });
    const { answer, slept } = await posting(broken("ENOTFOUND"), limited, new Response("ok"));
    expect(answer.kind).toBe("ok");
    expect(slept).toEqual([0.5, 8]);
  });

  it("shows the address nowhere", async () => {
    const { answer } = await posting(new Response(`no service at ${url}`, { status: 410 }));
    const said = describeFailure("Slack", answer as Failure);
    expect(said).toBe("Slack refused: no service at ***");
  });
});
