import { describe, expect, it } from "vitest";
import type { Notify } from "../../src/config/config.ts";
import { announce } from "../../src/deploy/notify/announce.ts";
import type { Told } from "../../src/deploy/notify/told.ts";
import type { Connection } from "../../src/github/client/index.ts";
import { openNetwork } from "../../src/network/network.ts";
import { eachWithGithub } from "../github/stand-in-world.ts";
import type { Fault } from "../stand-ins/github/fault.ts";
import { rolledBack, sampleTold } from "./told.ts";

const notify: Notify = { incidents: ["production"] };

function tell(told: Told, github: Connection | undefined) {
  return announce({ told, notify, secret: () => undefined, network: openNetwork(), github });
}

describe("an incident on GitHub", () => {
  const world = eachWithGithub();
  const issues = () => world().github.world.issues;
  const failed = rolledBack({ attempt: "first" });
  const again = rolledBack({ attempt: "second", verdict: "crashed" });
  const good = sampleTold({ attempt: "third" });

  it("is opened with what happened, what serves and what to do", async () => {
    const { notes, warnings } = await tell(failed, world().asWorkflow);
    expect(warnings).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^incident opened: http.*\/issues\/\d+$/)]);
    const [issue] = issues();
    expect(issue).toMatchObject({
      title: "Incident: deployment to production ended unhealthy (v1.1.0)",
      labels: ["incident", "deploy:production"],
      state: "open",
    });
    const body = issue?.body ?? "";
    expect(body).toContain("**Serves now:** v1.0.0, deployment dep-3.");
    const looks = "gantry status --env production\ngantry logs --env production\n";
    expect(body).toContain(`\`\`\`sh\n${looks}gantry rollback --env production --to dep-1\n`);
    expect(body).toContain("| 2026-11-23T08:04:32.000Z | ended | live, dep-2 |");
    expect(body).toContain("- GET /api/health answered 500");
    expect(body).toContain("https://github.com/org/repo/actions/runs/123");
  });

  it("has the way back first where the new version still serves", async () => {
    await tell(rolledBack({ rollback: "failed", before: "dep-1; rm -rf /" }), world().asWorkflow);
    const body = issues()[0]?.body ?? "";
    expect(body).toMatch(/^<!--.*\n<!--.*\n\n\*\*THE ROLLBACK FAILED/);
    expect(body).toContain("```sh\ngantry rollback --env production\ngantry deploy --env");
  });

  it("is commented on while it is open, once for each attempt", async () => {
    const { asWorkflow } = world();
    await tell(failed, asWorkflow);
    await tell(failed, asWorkflow);
    await tell(again, asWorkflow);
    const { notes } = await tell(again, asWorkflow);
    expect(notes).toEqual([expect.stringMatching(/^incident commented: /)]);
    expect(issues()).toHaveLength(1);
    expect(issues()[0]?.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining("ended **crashed**"),
    ]);
  });

  it("is closed by the next good deploy, which says so", async () => {
    const { asWorkflow } = world();
    await tell(failed, asWorkflow);
    const { notes } = await tell(good, asWorkflow);
    expect(notes).toEqual([expect.stringMatching(/^incident closed: /)]);
    expect(issues()[0]).toMatchObject({ state: "closed", state_reason: "completed" });
    expect(issues()[0]?.comments[0]?.body).toContain("production serves `v1.1.0`");
    expect(await tell(good, asWorkflow)).toEqual({ warnings: [], notes: [] });
    await tell(again, asWorkflow);
    expect(issues().map(({ state }) => state)).toEqual(["closed", "open"]);
  });

  it("leaves alone what people and other environments have opened", async () => {
    const { asWorkflow } = world();
    await announce({
      told: rolledBack({ environment: "staging" }),
      notify: { incidents: ["staging"] },
      secret: () => undefined,
      network: openNetwork(),
      github: asWorkflow,
    });
    const staging = issues()[0];
    if (!staging) throw new Error("there is one");
    const theirs = { ...staging, number: 99, body: "by hand" };
    theirs.labels = ["incident", "deploy:production"];
    issues().push(theirs);
    await tell(failed, asWorkflow);
    await tell(good, asWorkflow);
    expect(issues().map(({ state }) => state)).toEqual(["open", "open", "closed"]);
  });

  it.each([
    rolledBack({ environment: "staging", verdict: "build-failed" }),
    sampleTold({ verdict: "cancelled" }),
    sampleTold({ verdict: "locked", begun: false, sent: false }),
    rolledBack({ verdict: "refused", rollback: "not-needed", sent: false }),
  ])("is not opened for what is none (%#)", async (told) => {
    expect(await tell(told, world().asWorkflow)).toEqual({ warnings: [], notes: [] });
    expect(issues()).toEqual([]);
  });

  const lostAnswers: readonly Fault[] = [
    { name: "drop-after" },
    { name: "truncate" },
    { name: "html", applied: true },
    { name: "status", status: 502, applied: true },
    { name: "drop-before" },
    { name: "status", status: 500 },
  ];
  it.each(lostAnswers)("is opened, said and closed once after %o", async (fault) => {
    const { github, asWorkflow } = world();
    const acts = ["issues/create", "issues/create-comment", "issues/update", "issues/create-label"];
    for (const act of acts) github.faults.arm(act, fault);
    const told = [failed, again, good];
    for (const one of told) expect((await tell(one, asWorkflow)).warnings).toEqual([]);
    expect(github.faults.armed()).toEqual([]);
    expect(issues()).toHaveLength(1);
    expect(issues()[0]?.state).toBe("closed");
    expect(issues()[0]?.comments).toHaveLength(2);
  });

  it("that cannot be written is a warning", async () => {
    const { github, asFork, asWorkflow } = world();
    const denied = await tell(failed, asFork);
    expect(denied.warnings).toEqual([
      expect.stringMatching(/^the incident on GitHub is not up to date: GitHub does not accept/),
    ]);
    github.faults.arm("*", { name: "status", status: 500 }, { times: 50 });
    const down = await tell(failed, asWorkflow);
    expect(down.warnings).toEqual([expect.stringContaining("GitHub gave no usable answer")]);
    expect(issues()).toEqual([]);
  });

  it("is kept nowhere without a token", async () => {
    expect(await tell(failed, undefined)).toEqual({ warnings: [], notes: [] });
  });
});
