import { createClient } from "graphql-ws";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { hasSchema, untilLive, upload } from "./ask.ts";
import { type RailwayStandIn, startRailway } from "./stand-in.ts";

describe.skipIf(!hasSchema)("the stand-in's subscriptions (needs railway.json)", () => {
  let railway: RailwayStandIn;
  beforeEach(async () => {
    railway = await startRailway();
  });
  afterEach(() => railway.close());

  it("tells a deployment's states as they change", async () => {
    const id = await upload(railway);
    const client = connect();
    const seen: string[] = [];
    const query = "subscription ($id: String!) { deployment(id: $id) { status } }";
    for await (const { data } of client.iterate({ query, variables: { id } })) {
      seen.push((data as { deployment: { status: string } }).deployment.status);
      if (seen.at(-1) === "SUCCESS") break;
      await railway.advance(seen.length === 1 ? 1 : untilLive);
    }
    await client.dispose();
    expect(seen[0]).toBe("QUEUED");
    expect(seen.at(-1)).toBe("SUCCESS");
  });

  it("streams build logs by snapshot, each line once", async () => {
    const id = await upload(railway);
    const deployment = railway.world.deployments.find((one) => one.id === id);
    const client = connect();
    const seen: string[] = [];
    const query = `subscription ($environmentId: String!, $filter: String) {
      environmentLogs(environmentId: $environmentId, filter: $filter) { message } }`;
    const variables = {
      environmentId: railway.seeded.production.environmentId,
      filter: `(@snapshot:${deployment?.snapshotId} OR @replica:x)`,
    };
    const stream = client.iterate({ query, variables });
    const first = stream.next();
    await railway.advance(untilLive);
    const { data } = (await first).value as { data: { environmentLogs: { message: string }[] } };
    seen.push(...data.environmentLogs.map((line) => line.message));
    await client.dispose();
    expect(seen[0]).toBe("Unpacking the archive");
  });

  it("lets nobody in without a token", async () => {
    const client = connect("wrong");
    const stream = client.iterate({ query: "subscription { deployment(id: 1) { id } }" });
    await expect(stream.next()).rejects.toMatchObject({ code: 4403 });
  });

  function connect(token = railway.world.options.projectToken) {
    class WithToken extends WebSocket {
      constructor(url: string, protocols: string) {
        super(url, protocols, { headers: { "Project-Access-Token": token } });
      }
    }
    const url = `${railway.address.replace("http", "ws")}/graphql/v2`;
    return createClient({ url, webSocketImpl: WithToken, retryAttempts: 0 });
  }
});
