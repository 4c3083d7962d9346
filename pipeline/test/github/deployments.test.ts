import { describe, expect, it } from "vitest";
import {
  createDeployment,
  createDeploymentStatus,
  findDeployment,
  listDeploymentStatuses,
  listDeployments,
} from "../../src/github/client/index.ts";
import { expectOk } from "./expect-ok.ts";
import { eachWithGithub } from "./stand-in-world.ts";

const wanted = { ref: "main", environment: "staging", task: "deploy", payload: { version: "v1" } };

describe("deployments and their statuses", () => {
  const world = eachWithGithub();

  it("are listed by environment and task, newest first", async () => {
    const { asWorkflow: to, github } = world();
    const first = await expectOk(createDeployment(to, wanted));
    await github.advance(60);
    const second = await expectOk(createDeployment(to, { ...wanted, description: "again" }));
    await expectOk(createDeployment(to, { ...wanted, environment: "production" }));
    await expectOk(createDeployment(to, { ...wanted, task: "deploy:lock" }));
    const search = { environment: "staging", task: "deploy" };
    expect(await expectOk(listDeployments(to, search))).toEqual([second, first]);
    expect(await expectOk(listDeployments(to, { ...search, first: 1 }))).toEqual([second]);
    expect(first).toMatchObject({ payload: { version: "v1" }, description: undefined });
    expect(second.creator).toBe("github-actions[bot]");
    expect(Date.parse(second.createdAt) - Date.parse(first.createdAt)).toBe(60_000);
    expect(await expectOk(findDeployment(to, 1))).toBeUndefined();
  });

  it("keep every status, newest first", async () => {
    const { asWorkflow: to } = world();
    const { id } = await expectOk(createDeployment(to, wanted));
    await expectOk(createDeploymentStatus(to, id, { state: "in_progress" }));
    const environmentUrl = "https://rose.test";
    await expectOk(createDeploymentStatus(to, id, { state: "success", environmentUrl }));
    const statuses = await expectOk(listDeploymentStatuses(to, id));
    expect(statuses.map(({ state }) => state)).toEqual(["success", "in_progress"]);
    expect(statuses[0]).toMatchObject({ environmentUrl, logUrl: undefined });
    expect(await expectOk(listDeploymentStatuses(to, id, 1))).toEqual([statuses[0]]);
  });

  it.each([
    [undefined, "inactive"],
    [false, "success"],
  ])("autoInactive %s leaves the earlier one %s", async (autoInactive, state) => {
    const { asWorkflow: to } = world();
    const status = { state: "success", ...(autoInactive === false && { autoInactive }) } as const;
    const [earlier, later] = [
      await expectOk(createDeployment(to, wanted)),
      await expectOk(createDeployment(to, wanted)),
    ];
    await expectOk(createDeploymentStatus(to, earlier.id, status));
    await expectOk(createDeploymentStatus(to, later.id, status));
    expect((await expectOk(listDeploymentStatuses(to, earlier.id)))[0]?.state).toBe(state);
  });

  it("are refused for what does not exist, and to a fork", async () => {
    const { asWorkflow, asFork } = world();
    expect(await createDeployment(asWorkflow, { ...wanted, ref: "gone" })).toMatchObject({
      kind: "refused",
      status: 422,
      reason: "No ref found for: gone",
    });
    expect(await createDeploymentStatus(asWorkflow, 1, { state: "error" })).toMatchObject({
      kind: "refused",
      status: 404,
    });
    expect(await createDeployment(asFork, wanted)).toMatchObject({ kind: "unauthorised" });
    expect(await listDeployments(asFork)).toMatchObject({ kind: "ok", value: [] });
  });
});
