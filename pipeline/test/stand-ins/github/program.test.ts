import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it, onTestFinished } from "vitest";
import { connectFromEnvironment, readRepository } from "../../../src/github/client/index.ts";

it("runs as a program of its own, and is reached from the environment", async () => {
  const main = join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, [main, "--repository", "acme/site"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { address, tokens, repository } = JSON.parse(line);
  const to = connectFromEnvironment({
    GITHUB_API_URL: address,
    GITHUB_TOKEN: tokens.read,
    GITHUB_REPOSITORY: repository,
  });
  if (!to.ok) throw new Error(to.problems.map(({ message }) => message).join());
  const facts = await readRepository(to.value);
  expect(facts).toMatchObject({ kind: "ok", value: { fullName: "acme/site" } });
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});
