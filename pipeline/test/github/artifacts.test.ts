import { describe, expect, it } from "vitest";
import * as github from "../../src/github/client/index.ts";
import type { Fault } from "../stand-ins/github/fault.ts";
import { storeOperation } from "../stand-ins/github/http/store.ts";
import { addRun } from "../stand-ins/github/world/workflow-runs.ts";
import { connectTo } from "./connect.ts";
import { expectOk } from "./expect-ok.ts";
import { eachWithGithub } from "./stand-in-world.ts";

const wanted = { file: "ci-cd.yml", branch: "main" };

describe("runs of a push", () => {
  const world = eachWithGithub();
  const find = (commit?: string) =>
    expectOk(github.findPushRun(world().asFork, { ...wanted, commit }));

  it("finds the newest green one of the branch, or that of a commit", async () => {
    const { world: there } = world().github;
    expect(await find()).toBeUndefined();
    const first = addRun(there, { branch: "main", sha: "a1" });
    const second = addRun(there, { branch: "main", sha: "b2" });
    addRun(there, { branch: "main", sha: "c3", conclusion: "failure" });
    addRun(there, { branch: "main", sha: "c4", file: "release.yml" });
    addRun(there, { branch: "develop", sha: "d5" });
    expect(await find()).toMatchObject({ id: second.id, sha: "b2" });
    expect(await find("a1")).toMatchObject({ id: first.id, sha: "a1" });
    expect(await find("c3")).toBeUndefined();
  });

  it("leaves out what a fork's branch of the same name or a pull request ran", async () => {
    const { world: there } = world().github;
    const own = addRun(there, { branch: "main", sha: "a1" });
    addRun(there, { branch: "main", sha: "f1", fromFork: true });
    addRun(there, { branch: "main", sha: "p1", event: "pull_request" });
    expect(await find()).toMatchObject({ id: own.id });
    expect(await find("f1")).toBeUndefined();
    expect(await find("p1")).toBeUndefined();
  });
});

describe("artifacts", () => {
  const world = eachWithGithub();
  const zip = Buffer.from([0x50, 0x4b, 0, 0xff, 0xfe, ...Buffer.alloc(500, 7)]);
  const made = () => {
    const artifacts = [
      { name: "test-results", content: Buffer.alloc(9) },
      { name: "workflow-metrics", content: zip },
    ];
    return addRun(world().github.world, { branch: "main", sha: "a1", artifacts });
  };

  it("are listed by name, and fetched byte by byte from another host without the token", async () => {
    const run = made();
    const to = world().asFork;
    const [found, more] = await expectOk(github.listArtifacts(to, run.id, "workflow-metrics"));
    expect(found).toMatchObject({ name: "workflow-metrics", bytes: zip.length, expired: false });
    expect(more).toBeUndefined();
    const bytes = await expectOk(github.downloadArtifact(to, found?.id ?? 0, zip.length));
    expect(bytes.equals(zip)).toBe(true);
    const { requests } = world().github;
    expect(requests.map(({ operation }) => operation)).toEqual([
      "actions/list-workflow-run-artifacts",
      "actions/download-artifact",
      storeOperation,
    ]);
    expect(world().github.world.storeAddress).not.toBe(world().github.address);
  });

  it("are refused where they are too long, over, or not there", async () => {
    const run = made();
    const { to } = world();
    const [, metrics] = run.artifacts;
    if (!metrics) throw new Error("it has two");
    const fetched = (most = 9999) => github.downloadArtifact(to, metrics.id, most);
    expect(await fetched(zip.length - 1)).toMatchObject({
      kind: "refused",
      reason: `the file is longer than ${zip.length - 1} bytes`,
    });
    metrics.expired = true;
    const [listed] = await expectOk(github.listArtifacts(to, run.id, "workflow-metrics"));
    expect(listed).toMatchObject({ expired: true });
    expect(await fetched()).toMatchObject({ kind: "refused", status: 410 });
    expect(await github.downloadArtifact(to, 1, 9)).toMatchObject({ status: 404 });
    expect(await expectOk(github.listArtifacts(to, run.id, "no-such"))).toEqual([]);
  });

  const brief = { limits: { requestSeconds: 0.3 } };
  const faults: [Fault, string][] = [
    [{ name: "drop-before" }, "cut"],
    [{ name: "truncate" }, "cut"],
    [{ name: "status", status: 503 }, "HTTP status 503"],
    [{ name: "slow", seconds: 9999, applied: "at-the-end" }, "no answer within 0.3 s"],
  ];

  it.each(faults)(
    "are fetched again after %j in the store, and given up in the end",
    async (fault, why) => {
      const { github: standIn } = world();
      const to = connectTo(standIn, brief);
      const id = made().artifacts[1]?.id ?? 0;
      standIn.faults.arm(storeOperation, fault);
      expect((await expectOk(github.downloadArtifact(to, id, 9999))).equals(zip)).toBe(true);
      standIn.faults.arm(storeOperation, fault, { times: 9 });
      const failed = await github.downloadArtifact(to, id, 9999);
      expect(failed).toMatchObject({ kind: "lost", reason: expect.stringContaining(why) });
    },
  );

  it("never shows the signed address, and says nothing of a token that was not sent", async () => {
    const { github: standIn, to } = world();
    const id = made().artifacts[1]?.id ?? 0;
    standIn.faults.arm(storeOperation, { name: "status", status: 403 });
    const failed = await github.downloadArtifact(to, id, 9999);
    expect(failed).toEqual({ kind: "refused", reason: "HTTP status 403", status: 403 });
    expect(JSON.stringify(failed)).not.toContain("signature");
  });

  const answers = (status: number, headers: Record<string, string>) => {
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return new Response(null, { status, headers });
    };
    return { asked, to: connectTo(world().github, { fetch, limits: { attempts: 1 } }) };
  };

  it.each([
    ["http://elsewhere.test/a", "not encrypted"],
    ["file:///etc/passwd", "not encrypted"],
    ["/artifacts/1", "not encrypted"],
  ])("are not fetched from %s", async (location, why) => {
    const { to, asked } = answers(302, { Location: location });
    expect(await github.downloadArtifact(to, 1, 9)).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining(why),
    });
    expect(asked).toHaveLength(1);
  });

  it("follow one redirect, of the kind that GitHub describes", async () => {
    const more = answers(302, { Location: "https://store.test/a" });
    expect(await github.downloadArtifact(more.to, 1, 9)).toMatchObject({ status: 302 });
    expect(more.asked).toHaveLength(2);
    const moved = answers(301, { Location: "https://api.github.test/repositories/1" });
    expect(await github.downloadArtifact(moved.to, 1, 9)).toMatchObject({ status: 301 });
    expect(moved.asked).toHaveLength(1);
    const none = answers(200, {});
    expect(await github.downloadArtifact(none.to, 1, 9)).toMatchObject({ kind: "lost" });
  });
});
