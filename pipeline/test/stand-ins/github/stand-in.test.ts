import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GithubStandIn, startGithub } from "./stand-in.ts";

describe("the stand-in for GitHub", () => {
  let github: GithubStandIn;
  beforeEach(async () => {
    github = await startGithub();
  });
  afterEach(() => github.close().catch(() => undefined));

  const ask = (path: string, init: RequestInit = {}, token = github.world.options.tokens.admin) =>
    fetch(`${github.address}/repos/octo/rose${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${token}`, "User-Agent": "test" },
    });

  it.each([
    ["an unknown path", "/no-such-thing", {}, "GitHub has no GET /repos/octo/rose/no-such-thing"],
    ["an unknown word in a query", "/issues?label=a", {}, "query of issues/list-for-repo"],
    ["a missing field", "/issues", { method: "POST", body: "{}" }, "body of issues/create"],
    [
      "an unknown field",
      "/issues",
      { method: "POST", body: '{"title":"t","label":"a"}' },
      "must NOT have additional properties",
    ],
    ["what it does not know", "/keys", {}, "the stand-in does not know repos/list-deploy-keys"],
  ])("fails the test of whoever asks for %s", async (_, path, init, words) => {
    expect((await ask(path, init)).status).toBe(418);
    expect(github.mismatches.join()).toContain(words);
    await expect(github.close()).rejects.toThrow(words);
  });

  it("fails the test in which it answers what GitHub would not", async () => {
    Object.assign(github.world.repository, { allow_squash_merge: "yes" });
    expect((await ask("")).status).toBe(418);
    await expect(github.close()).rejects.toThrow("allow_squash_merge must be boolean");
  });

  it("fails the test that sends a token to the artifacts' store", async () => {
    const { storeAddress } = github.world;
    const headers = { Authorization: "Bearer token" };
    expect((await fetch(`${storeAddress}/artifacts/1`, { headers })).status).toBe(400);
    await expect(github.close()).rejects.toThrow("a token was sent to the artifacts' store");
  });

  it("tells strangers from friends", async () => {
    expect((await ask("", {}, "unknown")).status).toBe(401);
    const { read } = github.world.options.tokens;
    expect((await ask("", {}, read)).status).toBe(200);
    const init = { method: "POST", body: '{"title":"t"}' };
    expect((await ask("/issues", init, read)).status).toBe(403);
    expect(github.mismatches).toEqual([]);
  });

  it("is steered by other processes", async () => {
    const steer = async (name: string, body: object) => {
      const init = { method: "POST", body: JSON.stringify(body) };
      const answer = await fetch(`${github.control}/${name}`, init);
      return (await answer.json()) as Record<string, unknown>;
    };
    const fault = { name: "status", status: 503 };
    await steer("fault-on-request", { operation: "repos/get", fault, times: 2, after: 1 });
    const seen = [];
    for (let count = 0; count < 4; count += 1) seen.push((await ask("")).status);
    expect(seen).toEqual([200, 503, 503, 200]);
    const { sha } = await steer("commit", { branch: "next", message: "m", files: { a: "1" } });
    await steer("setting", { kind: "secrets", setting: { name: "A", value: "1" } });
    await steer("advance", { seconds: 60 });
    expect(await steer("state", {})).toMatchObject({
      now: Date.parse("2026-01-01T00:01:00Z"),
      refs: { "refs/heads/next": { sha } },
    });
    expect(await steer("requests", {})).toMatchObject([
      { operation: "repos/get", status: 200 },
      {},
      {},
      {},
    ]);
    await steer("connection", { fault: "port-closed" });
    await expect(ask("")).rejects.toThrow();
    await steer("connection", {});
    expect((await ask("")).status).toBe(200);
    expect(await steer("nonsense", {})).toMatchObject({ message: "There is no control nonsense" });
  });
});
