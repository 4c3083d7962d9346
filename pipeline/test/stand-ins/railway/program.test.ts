import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import {
  connect,
  findTarget,
  makeArchive,
  upload,
} from "../../../src/deploy/railway/client/index.ts";
import { follow } from "../../railway/follow.ts";
import { hasSchema } from "./ask.ts";

const server = `
  require("node:http").createServer((request, response) => {
    response.end(JSON.stringify({ id: process.env.RAILWAY_DEPLOYMENT_ID, path: request.url }));
  }).listen(process.env.PORT, () => console.log("up and listening"));
`;

it.skipIf(!hasSchema)(
  "runs as a program of its own and starts what is uploaded (needs railway.json)",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "gantry-program-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const program = await startProgram(`"${process.execPath}" server.js`);
    await writeFile(join(folder, "server.js"), server);
    const path = join(folder, "source.tgz");
    const archive = await makeArchive({ root: folder, files: ["server.js"], path });
    const { address, tokens, production } = program.said;
    const connection = connect({
      address,
      token: { kind: "project", value: () => tokens.production },
      sleep: async (seconds) => sleep(seconds * 20),
    });
    const target = await findTarget(connection, { environment: "production" });
    if (target.kind !== "ok") throw new Error(target.kind);
    const uploaded = await upload(connection, target.value, archive, "key");
    if (uploaded.kind !== "ok") throw new Error(uploaded.kind);
    const id = uploaded.value.deploymentId;
    const lines: string[] = [];
    const onLog = (_: string, line: { message: string }) => lines.push(line.message);
    const end = await follow(connection, { id, forSeconds: 60, everySeconds: 2, onLog });
    expect(end).toMatchObject({ kind: "settled", deployment: { phase: { phase: "live" } } });
    expect(lines).toContain("up and listening");
    const answer = await fetch(`${production.url}/api/health`);
    expect(await answer.json()).toEqual({ id, path: "/api/health" });
    await program.end();
    await expect(fetch(production.url)).rejects.toThrow();
  },
  30_000,
);

interface Said {
  readonly address: string;
  readonly tokens: { readonly production: string };
  readonly production: { readonly url: string };
}

async function startProgram(command: string) {
  const main = join(import.meta.dirname, "main.ts");
  const options = ["--speed", "50", "--run-uploads", "--start-command", command];
  const child = spawn(process.execPath, [main, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return {
    said: JSON.parse(line) as Said,
    end: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
    },
  };
}
