import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gantryHome } from "../../src/cli/home.ts";
import { loadConfig } from "../../src/config/load.ts";
import { takeDown } from "../../src/deploy/local/down.ts";
import { createLocalProvider } from "../../src/deploy/local/provider.ts";
import type { Provider } from "../../src/deploy/provider.ts";
import { readSource } from "../../src/host/source/source.ts";
import { surveyOf } from "../../src/host/source/survey.ts";
import { createScratch, type Scratch, withoutDocker } from "../e2e/scratch.ts";
import { answered, environment, settled } from "./place.ts";

/** The example as a process: a Python server and a front end that is built for it. */
describe("the example on this machine", { timeout: 600_000 }, () => {
  let scratch: Scratch;
  let provider: Provider;

  beforeAll(async () => {
    scratch = await createScratch();
    provider = await createLocalProvider({
      repository: scratch.folder,
      environment,
      config: await configOf(scratch.folder),
      machine: { ...process.env, ...withoutDocker },
      home: gantryHome(),
    });
  }, 60_000);
  afterAll(async () => {
    await takeDown({ repository: scratch.folder, environment, machine: process.env, purge: true });
    await scratch.remove();
  });

  const deploy = async (key: string) => {
    const source = await readSource(scratch.folder);
    if (!source.ok) throw new Error(JSON.stringify(source.problems));
    const files = source.value.files.map(({ path }) => path);
    const commit = source.value.commit ?? "";
    const shipment = { key, commit, root: scratch.folder, files, message: key };
    return settled(provider, answered(await provider.send(shipment)).id);
  };

  it("is installed, built, started and healthy, with its page", async () => {
    const sighting = await deploy("one");
    const logs = answered(await provider.logs(sighting.id, "build"))
      .slice(-20)
      .join("\n");
    expect(sighting.phase, `${sighting.said}\n${logs}`).toBe("live");
    const health = await (await fetch(`${sighting.url}/api/health`)).json();
    expect(JSON.stringify(health)).toContain(sighting.id);
    expect(await (await fetch(`${sighting.url}/`)).text()).toContain("<title>Rose</title>");
  });

  it("stays as it was when its next version does not start", async () => {
    const before = answered(await provider.serving());
    await scratch.replace("src/rose/__main__.py", "import", "import nothing_has_this_name\nimport");
    const failed = await deploy("two");
    expect(failed.phase).toBe("failed");
    expect(answered(await provider.logs(failed.id, "deploy")).join("\n")).toContain(
      "nothing_has_this_name",
    );
    expect(answered(await provider.serving())?.id).toBe(before?.id);
    expect((await fetch(`${before?.url}/api/health`)).status).toBe(200);
  });
});

async function configOf(folder: string) {
  const source = await readSource(folder);
  if (!source.ok) throw new Error(JSON.stringify(source.problems));
  const text = await readFile(`${folder}/gantry.yaml`, "utf8");
  const config = loadConfig({ text, file: "gantry.yaml" }, await surveyOf(source.value));
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  return config.value;
}
