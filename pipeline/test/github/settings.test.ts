import { describe, expect, it } from "vitest";
import {
  createEnvironment,
  findEnvironment,
  findProtection,
  isMissing,
  listEnvironments,
  listSecretNames,
  listVariableNames,
  readRepository,
  updateMergeSettings,
} from "../../src/github/client/index.ts";
import { addSetting } from "../stand-ins/github/world/settings.ts";
import { connectTo } from "./connect.ts";
import { expectOk } from "./expect-ok.ts";
import { eachWithGithub } from "./stand-in-world.ts";

describe("a repository's settings", () => {
  const world = eachWithGithub();

  it("shows names and dates of secrets and variables, by place", async () => {
    const { to, github } = world();
    addSetting(github.world, "secrets", { name: "RAILWAY_TOKEN", value: "hidden" });
    await github.advance(3600);
    addSetting(github.world, "variables", { name: "REGION", value: "eu" });
    await expectOk(createEnvironment(to, "production"));
    addSetting(github.world, "secrets", { name: "KEY", value: "hidden" }, "production");
    expect(await expectOk(listSecretNames(to))).toEqual([
      { name: "RAILWAY_TOKEN", updatedAt: "2026-01-01T00:00:00Z" },
    ]);
    expect(await expectOk(listVariableNames(to))).toEqual([
      { name: "REGION", updatedAt: "2026-01-01T01:00:00Z" },
    ]);
    expect(await expectOk(listSecretNames(to, "production"))).toMatchObject([{ name: "KEY" }]);
    expect(await expectOk(listVariableNames(to, "production"))).toEqual([]);
    expect(isMissing(await listSecretNames(to, "staging"))).toBe(true);
  });

  it("reads a list to its end, whatever its length, but not without one", async () => {
    const { to, github } = world();
    const add = (from: number, until: number) => {
      for (let at = from; at < until; at += 1) {
        addSetting(github.world, "secrets", { name: `S${at}`, value: "" });
      }
    };
    add(0, 100);
    expect(await expectOk(listSecretNames(to))).toHaveLength(100);
    add(100, 101);
    expect(await expectOk(listSecretNames(to))).toHaveLength(101);
    expect(github.requests).toHaveLength(3);
    add(101, 3001);
    expect(await listSecretNames(to)).toMatchObject({
      kind: "refused",
      reason: "the list is longer than 3000 entries",
    });
  });

  it("follows a list to no other host", async () => {
    const { to } = world();
    const Link = '<https://elsewhere.test/?page=2>; rel="next"';
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return new Response('{"secrets":[]}', { headers: { Link } });
    };
    expect(await listSecretNames({ ...to, fetch })).toMatchObject({ kind: "malformed" });
    expect(asked).toHaveLength(1);
  });

  it("makes environments, and finds them", async () => {
    const { to } = world();
    expect(await expectOk(findEnvironment(to, "production"))).toBeUndefined();
    const made = await expectOk(createEnvironment(to, "production"));
    expect(made).toMatchObject({ name: "production", guards: [] });
    expect(await expectOk(listEnvironments(to))).toEqual([made]);
    expect(await expectOk(findEnvironment(to, "production"))).toEqual(made);
  });

  it("sets how pull requests are merged, and leaves the rest", async () => {
    const { to, asWorkflow } = world();
    await expectOk(updateMergeSettings(to, { squashTitle: "PR_TITLE", squashMessage: "PR_BODY" }));
    const { merging } = await expectOk(readRepository(to));
    expect(merging).toEqual({
      allowSquash: true,
      allowMergeCommit: true,
      allowRebase: true,
      squashTitle: "PR_TITLE",
      squashMessage: "PR_BODY",
      deleteBranchOnMerge: false,
    });
    expect((await expectOk(readRepository(asWorkflow))).merging).toEqual({});
  });

  it("are an administrator's", async () => {
    const { asWorkflow } = world();
    const refused = { kind: "unauthorised", reason: "Resource not accessible by integration" };
    expect(await listSecretNames(asWorkflow)).toEqual(refused);
    expect(await findProtection(asWorkflow, "main")).toEqual(refused);
    expect(await updateMergeSettings(asWorkflow, {})).toEqual(refused);
  });

  it("are those of one repository only", async () => {
    const { github } = world();
    const other = connectTo(github, { repository: { owner: "octo", name: "other" } });
    expect(isMissing(await readRepository(other))).toBe(true);
  });
});

describe("a token's quota", () => {
  const world = eachWithGithub({ requestsPerHour: 3 });

  it("ends, and comes back after an hour", async () => {
    const { to, github } = world();
    for (let count = 0; count < 3; count += 1) await expectOk(readRepository(to));
    expect(await readRepository(to)).toEqual({ kind: "rate-limited", retryAfterSeconds: 3600 });
    await github.advance(3600);
    await expectOk(readRepository(to));
  });
});
