import { once } from "node:events";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { connect, upload } from "../../src/deploy/railway/client/index.ts";

const megabyte = 1024 * 1024;

it("holds a small part of an upload in memory, and says its length beforehand", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gantry-upload-"));
  const path = join(folder, "large.tgz");
  await writeFile(path, "");
  await truncate(path, 200 * megabyte);
  const sink = await openSink();
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
  }, 5);
  const answer = await upload(
    connect({ address: sink.address, token: { kind: "project", value: () => "token" } }),
    { projectId: "p", environmentId: "e", serviceId: "s" },
    { path, bytes: 200 * megabyte, sha256: "" },
    "key",
  );
  clearInterval(watch);
  await sink.close();
  await rm(folder, { recursive: true });
  expect(answer).toMatchObject({ kind: "ok", value: { deploymentId: String(200 * megabyte) } });
  expect(peak / megabyte).toBeLessThan(100);
});

/** Answers with the number of bytes that came. */
async function openSink() {
  const server = createServer(async (request, response) => {
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    const whole = request.headers["content-length"] === String(bytes);
    const answer = { deploymentId: whole ? String(bytes) : "", logsUrl: "", deploymentDomain: "" };
    response.end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    address: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
