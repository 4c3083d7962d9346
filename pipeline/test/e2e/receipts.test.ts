import { createHash } from "node:crypto";
import { appendFile, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Run } from "../../src/execute/run.ts";
import { createTiny, gantry, root, type Scratch, stageOf } from "./scratch.ts";

describe("what has passed and what goes in has not changed", { timeout: 240_000 }, () => {
  let scratch: Scratch;
  let outside: string;

  beforeAll(async () => {
    outside = join(await mkdtemp(join(tmpdir(), "gantry-times-")), "times");
    await writeFile(outside, "");
    const program = `require("fs").appendFileSync(${JSON.stringify(outside)}, "x"); console.log("ran");`;
    scratch = await createTiny({ run: "node unit.cjs" }, { "unit.cjs": program, "a.txt": "1" });
  });
  afterAll(async () => {
    await rm(dirname(outside), { recursive: true, force: true });
    await scratch.remove();
  });

  /** How often the tests have really run, by what they leave outside. */
  const times = async (): Promise<number> => (await readFile(outside, "utf8")).length;

  async function ci(...words: string[]): Promise<Run> {
    const args = ["ci", "-C", scratch.folder, "--event", "push", "--json", ...words];
    const end = await gantry(args);
    expect(end.exit, end.stderr).toBe(0);
    return JSON.parse(end.stdout) as Run;
  }

  it("is not run again; a change, or the word for it, runs it", async () => {
    const first = await ci();
    expect(await times()).toBe(1);

    const second = await ci();
    expect(await times()).toBe(1);
    const unit = stageOf(second, "unit-tests").steps.find(({ id }) => id.endsWith("/unit"));
    expect(unit).toMatchObject({ outcome: "passed", receipt: { run: first.id } });
    const folder = join(scratch.folder, ".gantry/runs", second.id);
    expect(await readFile(join(folder, unit?.log ?? ""), "utf8")).toContain("ran");
    expect(await readFile(join(folder, "summary.md"), "utf8")).toContain(first.id);
    expect(await readFile(join(folder, "report.html"), "utf8")).toContain("Not run again");

    await ci("--fresh");
    expect(await times()).toBe(2);
    await scratch.write("a.txt", "2");
    await ci();
    expect(await times()).toBe(3);
    await scratch.write("a.txt", "1");
    await ci();
    expect(await times()).toBe(3);
  });

  it("is run where what was kept does not read as it was written", async () => {
    const before = await times();
    await ci("--fresh");
    expect(await spoil(scratch.folder)).toBeGreaterThan(0);
    await ci();
    expect(await times()).toBe(before + 2);
  });

  it("is run for a fork, whose code might have left anything on this machine", async () => {
    const before = await times();
    await ci();
    const event = join(outside, "..", "event.json");
    const head = { ref: "feature/x", sha: "1".repeat(40), repo: { full_name: "them/tiny" } };
    const base = { ref: "main", sha: "2".repeat(40), repo: { full_name: "us/tiny" } };
    const pull_request = { number: 1, title: "feat: x", head, base };
    await writeFile(
      event,
      JSON.stringify({ action: "opened", number: 1, pull_request, repository: base.repo }),
    );
    const args = ["run", "unit-tests", "-C", scratch.folder, "--github-event", event, "--json"];
    const end = await gantry(args, { GITHUB_EVENT_NAME: "pull_request" });
    expect((JSON.parse(end.stdout) as Run).plan.trigger.fork, end.stderr).toBe(true);
    expect(await times()).toBe(before + 1);
  });

  it("stands by itself: without the tools that it would need", async () => {
    const before = await times();
    await rm(join(scratch.folder, ".gantry", "work"), { recursive: true, force: true });
    await ci();
    expect(await times()).toBe(before);
  });
});

describe("a file that is edited while the tests run", { timeout: 120_000 }, () => {
  it("earns no receipt for what it was before", async () => {
    const edit = `
const edited = process.env.EDITED;
if (require("fs").readFileSync(edited, "utf8") === "1") require("fs").writeFileSync(edited, "2");
console.log("ran");`;
    const scratch = await createTiny({}, { "unit.cjs": edit, "a.txt": "1" });
    onTestFinished(() => scratch.remove());
    const env = { EDITED: join(scratch.folder, "a.txt") };
    const suite = { unit: { run: "node unit.cjs", env, coverage: { minimum: 0 } } };
    const tiny = { path: ".", toolchain: "npm", tests: suite };
    await scratch.write("gantry.yaml", JSON.stringify({ components: { tiny } }));
    const ran = async (): Promise<boolean> => {
      const end = await gantry(["run", "unit-tests", "-C", scratch.folder, "--json"]);
      expect(end.exit, end.stderr).toBe(0);
      const { steps } = stageOf(JSON.parse(end.stdout) as Run, "unit-tests");
      return steps.some(({ id, receipt }) => id === "tiny/unit" && !receipt);
    };
    expect(await ran()).toBe(true);
    await scratch.write("a.txt", "1");
    expect(await ran()).toBe(true);
    expect(await ran()).toBe(true);
    expect(await ran()).toBe(false);
  });
});

describe("a component that names its inputs", { timeout: 240_000 }, () => {
  it("sees nothing else, and runs when one of them changes", async () => {
    const unit = (text: string) =>
      `console.log("saw", require("fs").existsSync("../back/data.txt"), ${text});`;
    const suite = { unit: { run: "node unit.cjs", coverage: { minimum: 0 } } };
    const component = (path: string) => ({ path, toolchain: "npm", tests: suite });
    const components = {
      back: component("back"),
      front: { ...component("front"), inputs: ["front"] },
    };
    const manifest = JSON.stringify({ name: "part", version: "1.0.0", private: true });
    const files = {
      "back/package.json": manifest,
      "back/unit.cjs": unit("1"),
      "back/data.txt": "1",
      "front/package.json": manifest,
      "front/unit.cjs": unit("1"),
    };
    const scratch = await createTiny({}, files, { components });
    onTestFinished(() => scratch.remove());
    const ran = async (): Promise<Record<string, boolean>> => {
      const end = await gantry(["run", "unit-tests", "-C", scratch.folder, "--json"]);
      expect(end.exit, end.stderr).toBe(0);
      const run = JSON.parse(end.stdout) as Run;
      const steps = stageOf(run, "unit-tests").steps.filter(({ id }) => id.endsWith("/unit"));
      const folder = join(scratch.folder, ".gantry/runs", run.id);
      for (const { component, log } of steps) {
        const saw = component === "back" ? "saw true" : "saw false";
        expect(await readFile(join(folder, log ?? ""), "utf8")).toContain(saw);
      }
      return Object.fromEntries(steps.map((step) => [step.component, !step.receipt]));
    };
    expect(await ran()).toEqual({ back: true, front: true });
    await scratch.write("back/unit.cjs", unit("2"));
    expect(await ran()).toEqual({ back: true, front: false });
    await scratch.write("front/unit.cjs", unit("2"));
    expect(await ran()).toEqual({ back: true, front: true });
  });
});

/** Adds a byte to every receipt of a repository. */
async function spoil(repository: string): Promise<number> {
  const name = createHash("sha256")
    .update(await realpath(repository))
    .digest("hex")
    .slice(0, 16);
  const shelf = join(root, ".gantry", "receipts", name);
  const receipts = await readdir(shelf);
  for (const receipt of receipts) await appendFile(join(shelf, receipt, "receipt.json"), " ");
  return receipts.length;
}
