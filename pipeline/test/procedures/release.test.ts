import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { releaseInContainer } from "../../src/procedures/release/release.ts";
import { type ReleaseEnd, type ReleaseSpec, readReleaseEnd } from "../../src/release/contained.ts";
import { type Repository, scratchRepository } from "../builders/repository.ts";
import { say } from "../builders/terminal.ts";
import { mirror } from "../release/remote.ts";
import { type GithubStandIn, startGithub } from "../stand-ins/github/stand-in.ts";

afterEach(() => void vi.unstubAllEnvs());

interface Scene {
  readonly repository: Repository;
  readonly github: GithubStandIn;
  readonly variables: Readonly<Record<string, string>>;
  /** One container: a spec goes in, an end comes out, and what it says is kept. */
  readonly contained: (change?: Partial<ReleaseSpec>) => Promise<{ end: ReleaseEnd; said: string }>;
}

/** HEAD is on no branch, as in the `.git` that an engine lays into a container. */
async function scene(): Promise<Scene> {
  const repository = await scratchRepository({ "a.txt": "a" });
  const { git, commit, write, root } = repository;
  await git("tag", "v1.0.0");
  await commit("feat: add");
  const github = await startGithub();
  onTestFinished(() => github.close());
  await mirror(github.world, root);
  const tagged = (await git("rev-parse", "v1.0.0")).trim();
  github.world.refs.set("refs/tags/v1.0.0", { sha: tagged, type: "commit" });
  await git("checkout", "--quiet", "--detach");
  const { owner, name, tokens } = github.world.options;
  const variables = { GITHUB_REPOSITORY: `${owner}/${name}`, GITHUB_API_URL: github.address };
  vi.stubEnv("GITHUB_TOKEN", tokens.write);
  const contained: Scene["contained"] = async (change = {}) => {
    const spec: ReleaseSpec = {
      act: "publish",
      dryRun: false,
      branch: "main",
      main: "main",
      notify: { incidents: [] },
      variables,
      root,
      left: join(root, "left", "act.json"),
      ...change,
    };
    await write("spec.json", JSON.stringify(spec));
    const said: string[] = [];
    const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    await releaseInContainer(join(root, "spec.json")).finally(() => out.mockRestore());
    const end = readReleaseEnd(readFileSync(spec.left, "utf8"));
    if (!end) throw new Error("it left no end");
    return { end, said: said.join("") };
  };
  return { repository, github, variables, contained };
}

/** Without the time at which it was asked. */
function plain(document: string): object {
  return JSON.parse(document, (key, value: unknown) => (key === "date" ? "" : value)) as object;
}

describe("a release in a container", { timeout: 60_000 }, () => {
  it("brings the same bill of materials as on a machine, though it sees nothing but .git", async () => {
    const { repository, github, variables, contained } = await scene();
    const { root, git, write, commit } = repository;
    await write("package.json", JSON.stringify({ name: "web", dependencies: { ms: "2" } }));
    const packages = { "": { dependencies: { ms: "2" } }, "node_modules/ms": { version: "2.1.3" } };
    await write("package-lock.json", JSON.stringify({ lockfileVersion: 3, packages }));
    await commit("feat: a page");
    await git("branch", "--force", "main", "HEAD");
    await mirror(github.world, root);
    const bills = (): string[] =>
      (github.world.releases.at(-1)?.assets ?? [])
        .filter(({ name }) => name.startsWith("sbom."))
        .map(({ name, content }) => `${name} ${content}`);
    const env = { ...variables, GITHUB_TOKEN: process.env.GITHUB_TOKEN ?? "" };
    expect(await say(["release", "-C", root, "--branch", "main"], { env })).toMatchObject({
      exit: 0,
    });
    const onMachine = bills();
    expect(onMachine).toEqual([expect.stringContaining("pkg:npm/ms@2.1.3"), expect.anything()]);
    github.world.releases.pop();
    await git("rm", "--quiet", "-r", "--force", ".");
    expect((await contained()).end).toMatchObject({ kind: "ended" });
    expect(bills()).toEqual(onMachine);
  });

  it("publishes what is due, says every step, and does nothing the second time", async () => {
    const { repository, github, contained } = await scene();
    const state = {
      timestamp: "2026-11-23T10:30:00Z",
      deployment: { environment: "production", url: "https://rose.example" },
    };
    await repository.write("state.json", JSON.stringify(state));
    const { end, said } = await contained({ state: join(repository.root, "state.json") });
    expect(end).toMatchObject({ kind: "ended" });
    expect(end.kind === "ended" && end.lines.at(-1)).toBe("v1.1.0 is released");
    expect(said).toContain("✓ v1.1.0  publish");
    expect(github.world.releases.find(({ tag_name }) => tag_name === "v1.1.0")).toMatchObject({
      draft: false,
      assets: [
        { name: "release-metadata.yaml" },
        { name: "release-metadata.json" },
        { name: "state.json" },
      ],
    });
    const count = github.world.releases.length;
    const again = await contained({ state: join(repository.root, "state.json") });
    expect(again.end.kind === "ended" && new Set(again.end.steps.map((s) => s.outcome))).toEqual(
      new Set(["passed"]),
    );
    expect(github.world.releases).toHaveLength(count);
  });

  it("answers a dry run with the very document of the command line, and asks GitHub nothing", async () => {
    const { repository, github, variables, contained } = await scene();
    const { end } = await contained({ dryRun: true });
    const words = ["release", "-C", repository.root, "--branch", "main", "--dry-run", "--json"];
    const host = await say(words, { env: variables });
    if (end.kind !== "planned") throw new Error(JSON.stringify(end));
    expect(plain(end.document)).toEqual(plain(host.stdout));
    expect(plain(end.document)).toMatchObject({ version: "1.1.0" });
    expect(github.requests).toEqual([]);
  });

  it("opens the pull request that brings what develop holds", async () => {
    const { repository, github, contained } = await scene();
    const { git, commit, root } = repository;
    await git("checkout", "--quiet", "-b", "develop");
    await commit("feat!: all new");
    await mirror(github.world, root);
    await git("checkout", "--quiet", "--detach");
    const { end } = await contained({ act: "pull-request", branch: "develop" });
    expect(end).toMatchObject({ kind: "ended", lines: ["the release pull request brings v2.0.0"] });
    expect(github.world.issues).toMatchObject([{ title: "chore: release v2.0.0" }]);
  });

  it("says which step is not done, and finishes it when it is called again", async () => {
    const { github, contained } = await scene();
    const sha = [...github.world.commits.keys()][0] ?? "";
    github.world.refs.set("refs/tags/v1.1.0", { sha, type: "commit" });
    const blocked = await contained();
    expect(blocked.end).toMatchObject({
      kind: "ended",
      steps: expect.arrayContaining([
        expect.objectContaining({ id: "v1.1.0/tag", outcome: "failed" }),
        expect.objectContaining({ id: "v1.1.0/publish", outcome: "skipped" }),
      ]),
    });
    expect(blocked.said).toContain("GANTRY-RELEASE-TAG");
    github.world.refs.delete("refs/tags/v1.1.0");
    const { end } = await contained();
    expect(end.kind === "ended" && end.lines.at(-1)).toBe("v1.1.0 is released");
  });

  it.each([
    [{ branch: "feature/x" }, "GANTRY-RELEASE-BRANCH"],
    [{ variables: {} }, "GANTRY-GITHUB-TOKEN"],
    [{ state: "nowhere.json" }, "GANTRY-USAGE"],
    [{ written: { text: "release: 7\n", file: "gantry.yaml" } }, "GANTRY-CONFIG"],
  ])("refuses %j before anything is done", async (change, code) => {
    const { github, contained } = await scene();
    const { end } = await contained(change);
    expect(end.kind === "problems" && end.problems[0]?.code).toContain(code);
    expect(github.requests).toEqual([]);
  });

  it("masks the token in whatever it says, also of a fault of its own", async () => {
    const { github, contained } = await scene();
    const { write } = github.world.options.tokens;
    const { end, said } = await contained({ branch: write });
    expect(JSON.stringify(end)).toContain("***");
    expect(said + JSON.stringify(end)).not.toContain(write);
    const broken = await contained({ written: { text: "", file: write }, root: "/nowhere" });
    expect(JSON.stringify(broken.end)).not.toContain(write);
  });
});
