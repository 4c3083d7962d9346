import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  actOnce,
  createComment,
  createDeployment,
  createIssue,
  describeFailure,
  ensureLabel,
  type Failure,
  listComments,
  listDeployments,
  readRepository,
} from "../../src/github/client/index.ts";
import type { Fault } from "../stand-ins/github/fault.ts";
import { connectTo } from "./connect.ts";
import { expectOk } from "./expect-ok.ts";
import { eachWithGithub, type GithubWorld } from "./stand-in-world.ts";

const operation = "issues/create-comment";
/**
 * So that a slow answer is given up soon; the stand-in's clock stands still meanwhile. Only for those:
 * on a busy machine any answer may take as long.
 */
const hasty = { limits: { requestSeconds: 2 } };

describe("each way in which a request to GitHub ends", () => {
  const world = eachWithGithub();
  const asked = (name: string) => world().github.requests.filter((one) => one.operation === name);

  it.each<[Fault, object]>([
    [{ name: "drop-before" }, { kind: "lost", reached: true }],
    [{ name: "drop-after" }, { kind: "lost", reached: true }],
    [{ name: "truncate" }, { kind: "lost", reached: true }],
    [{ name: "status", status: 500 }, { kind: "lost" }],
    [{ name: "html" }, { kind: "lost", reason: "an HTML page instead of an answer" }],
    [{ name: "missing-field", field: "full_name" }, { kind: "malformed" }],
    [{ name: "status", status: 401 }, { kind: "unauthorised" }],
    [{ name: "status", status: 403 }, { kind: "unauthorised" }],
    [
      { name: "status", status: 404 },
      { kind: "refused", status: 404 },
    ],
  ])("%o", async (fault, expected) => {
    const { github } = world();
    github.faults.arm("repos/get", fault);
    const once = connectTo(github, { limits: { attempts: 1 } });
    expect(await readRepository(once)).toMatchObject(expected);
  });

  it("repeats a read, and no more often than it may", async () => {
    const { github, to } = world();
    github.faults.arm("repos/get", { name: "status", status: 502 }, { times: 3 });
    expect(await readRepository(to)).toMatchObject({ kind: "ok" });
    expect(asked("repos/get")).toHaveLength(4);
    github.faults.arm("repos/get", { name: "status", status: 502 }, { times: 9 });
    expect(await readRepository(to)).toMatchObject({ kind: "lost" });
    expect(asked("repos/get")).toHaveLength(8);
  });

  it.each(["retry-after", "quota", "secondary"] as const)("waits for %s", async (how) => {
    const { github, to } = world();
    github.faults.arm("repos/get", { name: "rate-limited", seconds: 60, how });
    const before = github.world.clock.now();
    expect(await readRepository(to)).toMatchObject({ kind: "ok" });
    expect(github.world.clock.now() - before).toBeGreaterThanOrEqual(60_000);
  });

  it("hands back a wait that is too long", async () => {
    const { github, to } = world();
    github.faults.arm("repos/get", { name: "rate-limited", seconds: 3600, how: "quota" });
    expect(await readRepository(to)).toEqual({ kind: "rate-limited", retryAfterSeconds: 3600 });
  });

  it("shows the token nowhere", async () => {
    const { github } = world();
    const secret = "a-very-secret-token";
    const connection = connectTo(github, { token: () => secret });
    const answer = await readRepository(connection);
    const said = describeFailure(answer as Failure);
    expect(said).toBe("GitHub does not accept the token for this: Bad credentials");
    expect(inspect([answer, connection], { depth: 9 })).not.toContain(secret);
  });

  it.each(["", "two words", "line\n"])("does not send the token %j", async (value) => {
    const { github } = world();
    const connection = connectTo(github, { token: () => value });
    expect(await readRepository(connection)).toMatchObject({ kind: "unauthorised" });
    expect(github.requests).toEqual([]);
  });
});

describe("acting once, whatever goes wrong", () => {
  const world = eachWithGithub();

  /** One comment that no second one may join. */
  async function commentOnce({ github }: GithubWorld, given: object = {}) {
    const to = connectTo(github, given);
    const { number } = await expectOk(
      createIssue(to, { title: "down", body: "", labels: ["incident"] }),
    );
    const mark = "<!-- gantry:1 -->";
    const look = async () => {
      const comments = await listComments(to, number);
      if (comments.kind !== "ok") return comments;
      const value = comments.value.find(({ body }) => body.includes(mark));
      return { kind: "ok", value } as const;
    };
    const act = () => createComment(to, number, `${mark} hello`);
    return { answer: () => actOnce(to, { look, act }), written: () => listComments(to, number) };
  }

  it.each<[Fault, number]>([
    [{ name: "drop-before" }, 2],
    [{ name: "drop-after" }, 1],
    [{ name: "status", status: 500 }, 2],
    [{ name: "status", status: 500, applied: true }, 1],
    [{ name: "truncate" }, 1],
    [{ name: "html", applied: true }, 1],
    [{ name: "missing-field", field: "id" }, 1],
    [{ name: "slow", seconds: 60, applied: "at-once" }, 1],
    [{ name: "slow", seconds: 60, applied: "at-the-end" }, 1],
    [{ name: "rate-limited", seconds: 5, how: "retry-after" }, 2],
  ])("%o: written once, sent %d times", async (fault, times) => {
    const { github } = world();
    const comment = await commentOnce(world(), fault.name === "slow" ? hasty : {});
    github.faults.arm(operation, fault);
    expect(await comment.answer()).toMatchObject({ kind: "ok", value: { made: true } });
    expect(await expectOk(comment.written())).toHaveLength(1);
    expect(github.requests.filter((one) => one.operation === operation)).toHaveLength(times);
    expect(await comment.answer()).toMatchObject({ kind: "ok", value: { made: false } });
  });

  it("does not act while it cannot look", async () => {
    const { github } = world();
    const comment = await commentOnce(world());
    github.faults.arm("issues/list-comments", { name: "status", status: 503 }, { times: 9 });
    expect(await comment.answer()).toMatchObject({ kind: "lost" });
    expect(github.requests.map((one) => one.operation)).not.toContain(operation);
  });

  it("takes the label that another made in between", async () => {
    const { github, to } = world();
    const label = { name: "Incident", color: "d73a4a", description: "" };
    github.faults.arm("issues/get-label", { name: "status", status: 404 });
    await expectOk(createIssue(to, { title: "down", body: "", labels: ["incident"] }));
    expect(await expectOk(ensureLabel(to, label))).toMatchObject({
      made: false,
      value: { name: "incident", color: "ededed" },
    });
  });

  it("repeats by itself what was not heard at all", async () => {
    const { github } = world();
    await github.connection("port-closed");
    const to = connectTo(github, { sleep: () => github.connection(undefined) });
    const wanted = { ref: "main", environment: "a", task: "deploy", payload: {} };
    expect(await createDeployment(to, wanted)).toMatchObject({ kind: "ok" });
    expect(await expectOk(listDeployments(to))).toHaveLength(1);
  });
});
