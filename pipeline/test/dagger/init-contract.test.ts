import { connect } from "@dagger.io/dagger";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Client } from "../../src/dagger/client.ts";
import { runInit } from "../../src/dagger/init/functions.ts";
import type { InitRequest } from "../../src/dagger/init/request.ts";
import { type Answers, type FakeEngine, startFakeEngine, type Thing } from "./fake-engine.ts";
import { answersFor, type Repository } from "./repository.ts";

/** Every query of init validates against the engine's schema. */

const repository: Repository = {
  "package.json": JSON.stringify({ name: "app", scripts: { test: "node --test" } }),
  "package-lock.json": "{}",
  "README.md": "# App\n",
  "CONTRIBUTING.md": "# Ours\n",
  ".gitignore": "node_modules\n",
};

let engine: FakeEngine | undefined;
const said: string[] = [];
afterEach(async () => {
  await engine?.close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  said.length = 0;
});

type Kinds = Readonly<Record<string, string>>;

/** What stands where; a folder is there where a file below it is. */
function answers(files: Repository, kinds: Kinds): Answers {
  const names = [...Object.keys(files), ...Object.keys(kinds)];
  return (thing, call) => {
    const path = String(call.args.path ?? thing.calls.at(-1)?.args.path ?? "");
    if (call.field === "exists") {
      return names.some((name) => name === path || name.startsWith(`${path}/`));
    }
    if (call.field === "fileType") {
      return kinds[path] ?? (files[path] === undefined ? "DIRECTORY" : "REGULAR");
    }
    if (call.field !== "contents") return undefined;
    if (thing.calls.some(({ field }) => field === "asPatch")) return "diff\n@@ -1 +1 @@\n-a\n+b\n";
    return path === "core/stage.cjs" ? "// the action\n" : undefined;
  };
}

async function init(
  given: Partial<InitRequest> = {},
  { files = repository, kinds = {} }: { files?: Repository; kinds?: Kinds } = {},
): Promise<Map<string, string>> {
  const started = await startFakeEngine(answersFor(files, answers(files, kinds)));
  engine = started;
  vi.stubEnv("DAGGER_SESSION_PORT", String(started.port));
  vi.stubEnv("DAGGER_SESSION_TOKEN", "test");
  vi.spyOn(console, "error").mockImplementation((text) => void said.push(String(text)));
  await connect(async (dag: Client) => {
    const source = dag.host().directory("/fixture");
    const change = await runInit({
      dag,
      source,
      repository: source.asGit(),
      stageProgram: dag.currentModule().source().file("core/stage.cjs"),
      ...given,
    });
    await change.isEmpty();
  });
  const change = started.asked.find((thing: Thing) => thing.calls.at(-1)?.field === "isEmpty");
  const laid = change?.calls.filter(({ field }) => field === "withNewFile") ?? [];
  return new Map(laid.map(({ args }) => [String(args.path), String(args.contents)]));
}

describe("init", () => {
  it("makes only queries that the schema knows, and a change of what is missing", async () => {
    const written = await init({ githubRepository: "acme/rose", module: "github.com/a/gantry@v1" });
    expect(engine?.refused).toEqual([]);
    expect([...written.keys()]).toEqual(
      expect.arrayContaining([
        "gantry.yaml",
        "dagger.json",
        ".github/workflows/ci-cd.yml",
        ".github/workflows/dependency-updates.yml",
      ]),
    );
    expect(written.get("gantry.yaml")).toContain("name: rose");
    expect(written.get(".github/actions/stage/index.cjs")).toBe("// the action\n");
    expect(written.get(".github/CODEOWNERS")).toContain("* @acme");
  });

  it("adds lines to what is there, and shows what differs instead of writing it", async () => {
    const written = await init();
    expect(written.get(".gitignore")).toBe("node_modules\n.env\n.gantry/\n");
    expect(written.get("README.md")).toMatch(/^# App\n[\s\S]*gantry:badges/);
    expect(written.has("CONTRIBUTING.md")).toBe(false);
    const text = said.join("\n");
    expect(text).toContain("CONTRIBUTING.md");
    expect(text).toContain("--- a/CONTRIBUTING.md");
    expect(text).toContain("say where Gantry is published");
  });

  it("takes the new text of a file that is named, and refuses one that it does not write", async () => {
    const written = await init({ force: ["CONTRIBUTING.md"] });
    expect(written.get("CONTRIBUTING.md")).not.toBe("# Ours\n");
    await engine?.close();
    await expect(init({ force: ["src/a.ts"] })).rejects.toThrow("GANTRY-USAGE");
  });

  it("follows no link, and writes nothing at all where one stands in the way", async () => {
    const kinds = { ".github": "SYMLINK" };
    await expect(init({}, { kinds })).rejects.toThrow(/\.github is a link[\s\S]*GANTRY-INIT-PLACE/);
  });

  it("asks no registry, no GitHub and no container", async () => {
    await init({ githubRepository: "acme/rose" });
    const fields = new Set(engine?.asked.flatMap(({ calls }) => calls.map(({ field }) => field)));
    for (const field of ["container", "http", "from", "withExec"])
      expect(fields).not.toContain(field);
  });
});
