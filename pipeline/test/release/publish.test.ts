import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, onTestFinished, test, vi } from "vitest";
import { parse } from "yaml";
import { type Repository, scratchRepository } from "../builders/repository.ts";
import { type Said, say } from "../builders/terminal.ts";
import { type GithubStandIn, startGithub } from "../stand-ins/github/stand-in.ts";
import { headOf } from "../stand-ins/github/world/git.ts";
import { addRemote, type Remote } from "./remote.ts";

interface Scene {
  readonly repository: Repository;
  readonly github: GithubStandIn;
  readonly remote: Remote;
  readonly env: Record<string, string>;
  readonly release: (...words: string[]) => Promise<Said>;
}

/** A repository with a version, two changes after it, and a develop branch with work of its own. */
async function scene(config = "release: {}\n"): Promise<Scene> {
  const repository = await scratchRepository({ "gantry.yaml": config, "a.txt": "a" });
  const { git, commit, write } = repository;
  await git("tag", "v1.0.0");
  await git("branch", "develop");
  await commit("feat: add (#1)");
  await commit("fix: mend");
  await git("checkout", "--quiet", "develop");
  await write("b.txt", "b");
  await commit("feat: to come");
  await git("checkout", "--quiet", "main");
  const github = await startGithub();
  onTestFinished(() => github.close());
  const remote = await addRemote(repository, github.world);
  await remote.push();
  const { owner, name, tokens } = github.world.options;
  github.world.releases.push({
    id: 1,
    tag_name: "v1.0.0",
    target_commitish: "main",
    name: "v1.0.0",
    body: "By hand",
    draft: false,
    prerelease: false,
    created_at: "2026-01-01T00:00:00Z",
    published_at: "2026-01-01T00:00:00Z",
    author: "octocat",
    assets: [],
  });
  const env = {
    GITHUB_TOKEN: tokens.write,
    GITHUB_REPOSITORY: `${owner}/${name}`,
    GITHUB_API_URL: github.address,
  };
  const release: Scene["release"] = (...words) =>
    say(["release", "-C", repository.root, ...words], { env });
  return { repository, github, remote, env, release };
}

/** What people see on GitHub, without numbers, dates and SHAs that differ from run to run. */
function seen({ world }: GithubStandIn) {
  const plain = (text: string): string => text.replaceAll(/\b[0-9a-f]{7,40}\b/g, "SHA");
  const files = (branch: string): object =>
    Object.fromEntries(
      [...(headOf(world, branch)?.files ?? [])].map(([path, content]) => [
        path,
        plain(String(content)),
      ]),
    );
  return {
    refs: [...world.refs.keys()].toSorted(),
    tagged: world.refs.get("refs/tags/v1.1.0")?.sha,
    releases: world.releases.map(({ tag_name, draft, body, assets }) => ({
      tag_name,
      draft,
      body: plain(body ?? ""),
      assets: assets.map(({ name, state }) => `${name} ${state}`),
    })),
    main: files("main"),
    develop: files("develop"),
    pulls: world.issues.map(({ title, state }) => ({ title, state })),
  };
}

test("from nothing to a published release, synced back to develop", async () => {
  const { repository, github, release } = await scene();
  const said = await release("--json");
  expect(said).toMatchObject({ exit: 0 });
  const head = await repository.git("rev-parse", "HEAD");
  const after = seen(github);
  expect(after).toMatchObject({
    tagged: head,
    releases: [
      { tag_name: "v1.0.0", body: "By hand", assets: [] },
      {
        tag_name: "v1.1.0",
        draft: false,
        assets: ["release-metadata.yaml uploaded", "release-metadata.json uploaded"],
      },
    ],
    pulls: [],
  });
  expect(after.main).toMatchObject({ "CHANGELOG.md": expect.stringContaining("## 1.1.0 (") });
  expect(after.develop).toMatchObject({
    "b.txt": "b",
    "CHANGELOG.md": expect.stringContaining("- add ("),
  });
  const yaml = github.world.releases[1]?.assets[0]?.content.toString();
  expect(parse(yaml ?? "")).toMatchObject({
    version: "v1.1.0",
    tag: "v1.1.0",
    commit: head,
    changelog: { features: ["feat: add (#1)"], fixes: ["fix: mend"], chores: [] },
  });
  expect(JSON.parse(said.stdout)).toMatchObject({ version: "1.1.0", tag: "v1.1.0" });
});

test("a second run changes nothing", async () => {
  const { github, release } = await scene();
  await release();
  const before = seen(github);
  const again = await release();
  expect(again.exit).toBe(0);
  expect(seen(github)).toEqual(before);
});

test("whoever clones it afterwards finds the tag, the changelog, and nothing to release", async () => {
  const { repository, github, remote, env, release } = await scene();
  await release();
  const clone = await remote.clone();
  const told = await execa("git", ["show", "--no-patch", "--format=%s", "v1.1.0"], { cwd: clone });
  expect(told.stdout).toBe("fix: mend");
  expect(await readFile(`${clone}/CHANGELOG.md`, "utf8")).toContain("## 1.1.0 (");
  const before = seen(github);
  const again = await say(["release", "-C", clone], { env });
  expect(again).toMatchObject({ exit: 0, stdout: expect.stringContaining("nothing") });
  expect(seen(github)).toEqual(before);
  await repository.git("checkout", "--quiet", "develop");
  await remote.pull();
  expect(await repository.git("merge-base", "--is-ancestor", "v1.1.0", "develop")).toBe("");
});

const acts = [
  ["git/create-ref", 0],
  ["repos/create-release", 0],
  ["repos/upload-release-asset", 0],
  ["repos/upload-release-asset", 1],
  ["repos/update-release", 0],
  ["repos/create-or-update-file-contents", 0],
  ["repos/merge", 0],
] as const;

let peace: ReturnType<typeof undisturbed> | undefined;

async function undisturbed(): Promise<object> {
  const peaceful = await scene();
  await peaceful.release();
  return { ...seen(peaceful.github), tagged: "" };
}

test.each(acts)(
  "killed while it waits for %s (%i before it), and run again: the same end",
  {
    timeout: 60_000,
  },
  async (operation, after) => {
    peace ??= undisturbed();
    const struck = await scene();
    // It takes effect, but its answer never comes.
    const slow = { name: "slow", seconds: 1e6, applied: "at-once" } as const;
    struck.github.faults.arm(operation, slow, { after });
    await killAt(struck, operation, after);
    struck.github.faults.clear();
    expect(await struck.release()).toMatchObject({ exit: 0 });
    expect({ ...seen(struck.github), tagged: "" }).toEqual(await peace);
  },
);

test("two runs at once end with one release", { timeout: 60_000 }, async () => {
  const { github, release } = await scene();
  await Promise.all([release(), release()]);
  // Whoever came second may have given up on a race: one more run has nothing left to do.
  expect(await release()).toMatchObject({ exit: 0 });
  peace ??= undisturbed();
  expect({ ...seen(github), tagged: "" }).toEqual(await peace);
});

async function killAt(
  { repository, github, env }: Scene,
  operation: string,
  after: number,
): Promise<void> {
  const bin = fileURLToPath(new URL("../../src/cli/bin.ts", import.meta.url));
  const child = execa(process.execPath, [bin, "release", "-C", repository.root], {
    env: { ...process.env, ...env },
    reject: false,
  });
  const asked = (): number => github.requests.filter((one) => one.operation === operation).length;
  await vi.waitUntil(() => asked() > after, { timeout: 20_000, interval: 10 });
  // The stand-in has read the whole request when it takes the fault.
  await vi.waitUntil(() => github.faults.armed().length === 0, { timeout: 20_000, interval: 10 });
  child.kill("SIGKILL");
  expect((await child).signal).toBe("SIGKILL");
}

test("a version that was half done is finished before the next one", async () => {
  const { repository, github, remote, release } = await scene();
  await repository.git("tag", "v1.1.0");
  await repository.commit("fix: later");
  await remote.push();
  const said = await release();
  expect(said.stdout).toBe("v1.1.0 is released\nv1.1.1 is released\n");
  expect(github.world.releases.map(({ tag_name, draft }) => [tag_name, draft])).toEqual([
    ["v1.0.0", false],
    ["v1.1.0", false],
    ["v1.1.1", false],
  ]);
});

test("a tag on the very commit is a release to finish", async () => {
  const { repository, remote, release } = await scene();
  await repository.git("tag", "v1.1.0");
  await remote.push();
  expect((await release()).stdout).toBe("v1.1.0 is released\n");
});

test("a tag that stands elsewhere on GitHub is refused, and nothing is done", async () => {
  const { repository, github, release } = await scene();
  const other = (await repository.git("rev-parse", "develop")).trim();
  github.world.refs.set("refs/tags/v1.1.0", { sha: other, type: "commit" });
  const before = seen(github);
  const said = await release();
  expect(said.exit).toBe(2);
  expect(said.stderr).toContain("GANTRY-RELEASE-TAG");
  expect(seen(github)).toEqual(before);
});

test("a protected main gets its changelog by pull request", async () => {
  const { github, release } = await scene();
  github.world.protections.set("main", { required_pull_request_reviews: {} });
  expect((await release()).exit).toBe(0);
  expect(seen(github).pulls).toEqual([{ title: "docs: changelog of v1.1.0", state: "open" }]);
  expect(headOf(github.world, "chore/changelog-v1.1.0")?.files.has("CHANGELOG.md")).toBe(true);
});

test("a conflict with develop comes as a pull request", async () => {
  const { repository, github, remote, release } = await scene("release: { changelog: a.txt }\n");
  const { git, write, commit } = repository;
  await git("checkout", "--quiet", "develop");
  await write("a.txt", "another");
  await commit("fix: another");
  await git("checkout", "--quiet", "main");
  await remote.push();
  expect((await release()).exit).toBe(0);
  expect(seen(github).pulls).toEqual([
    { title: "chore: sync main into develop after v1.1.0", state: "open" },
  ]);
});

test("the release pull request is opened once, and brought up to date", async () => {
  const { repository, github, remote, release } = await scene();
  const { git, commit } = repository;
  await git("checkout", "--quiet", "develop");
  expect((await release("--pr")).exit).toBe(0);
  expect(github.world.issues).toMatchObject([
    { title: "chore: release v1.1.0", pull: { head: "develop", base: "main" } },
  ]);
  await commit("feat!: all new");
  await remote.push();
  expect((await release("--pr")).exit).toBe(0);
  expect((await release("--pr")).stderr).toContain("= v2.0.0");
  expect(github.world.issues).toHaveLength(1);
  expect(github.world.issues[0]).toMatchObject({ title: "chore: release v2.0.0" });
  expect(github.world.issues[0]?.body).toContain("### Breaking changes");
});

test("another branch is not released, and neither is anything without a token", async () => {
  const { repository, env, github } = await scene();
  await repository.git("checkout", "--quiet", "-b", "feature/x");
  const branch = await say(["release", "-C", repository.root], { env });
  expect(branch).toMatchObject({ exit: 2, stderr: expect.stringContaining("RELEASE-BRANCH") });
  await repository.git("checkout", "--quiet", "main");
  const token = await say(["release", "-C", repository.root], {
    env: { ...env, GITHUB_TOKEN: "" },
  });
  expect(token).toMatchObject({ exit: 2, stderr: expect.stringContaining("GITHUB_TOKEN") });
  expect(github.requests).toEqual([]);
});

test("state.json and further files come with it; one that is missing stops it at the start", async () => {
  const { repository, github, release } = await scene();
  const state = {
    timestamp: "2026-11-23T10:30:00Z",
    deployment: { environment: "production", url: "https://rose.example" },
  };
  await repository.write("out/run state.json", JSON.stringify(state));
  await repository.write("out/my sbom.json", "{}");
  const path = (name: string): string => `${repository.root}/out/${name}`;
  const missing = await release("--asset", path("nothing"));
  expect(missing).toMatchObject({ exit: 2, stderr: expect.stringContaining("nothing") });
  expect(github.requests).toEqual([]);
  const words = ["--state", path("run state.json"), "--asset", path("my sbom.json")];
  expect((await release(...words)).exit).toBe(0);
  const assets = github.world.releases[1]?.assets ?? [];
  expect(assets.map(({ name }) => name)).toEqual([
    "release-metadata.yaml",
    "release-metadata.json",
    "state.json",
    "my.sbom.json",
  ]);
  expect(parse(String(assets[0]?.content)).deployment).toEqual({
    environment: "production",
    url: "https://rose.example",
    deployed_at: "2026-11-23T10:30:00Z",
    deployed_by: "gantry",
  });
});

test.each([
  ["an earlier version", ["fix: later"], [false, true]],
  ["a version that was begun on its very commit", [], [true]],
])("what a run was given is of its own commit: %s", async (_, later, given) => {
  const { repository, github, remote, release } = await scene();
  const state = {
    timestamp: "2026-11-23T10:30:00Z",
    deployment: { environment: "production", url: "https://rose.example" },
  };
  await repository.git("tag", "v1.1.0");
  for (const message of later) await repository.commit(message);
  await remote.push();
  await repository.write("state.json", JSON.stringify(state));
  await release("--state", `${repository.root}/state.json`);
  const [, ...releases] = github.world.releases;
  const told = releases.map(({ assets }) => {
    const { deployment } = parse(String(assets[0]?.content));
    return [deployment !== undefined, assets.some(({ name }) => name === "state.json")];
  });
  expect(told).toEqual(given.map((each) => [each, each]));
});

const lockedFiles = {
  "gantry.yaml":
    "name: shop\ncomponents: { web: { path: web }, api: { path: api, toolchain: uv } }\n",
  "web/package.json": JSON.stringify({ name: "web", dependencies: { ms: "^2.0.0" } }),
  "web/package-lock.json": JSON.stringify({
    name: "web",
    lockfileVersion: 3,
    packages: {
      "": { name: "web", version: "0.1.0", dependencies: { ms: "^2.0.0" } },
      "node_modules/ms": { version: "2.1.3", license: "MIT" },
    },
  }),
  "api/pyproject.toml": "[project]\nname = 'api'\nversion = '0'\n",
};

/** The same, with a front end that has a lock and a server that has none. */
async function lockedScene(): Promise<Scene> {
  const before = await scene();
  const { write, commit } = before.repository;
  for (const [path, text] of Object.entries(lockedFiles)) await write(path, text);
  await commit("feat: a shop");
  await before.remote.push();
  return before;
}

const bills = ["sbom.cdx.json", "sbom.spdx.json"];

function assetOf({ github }: Scene, name: string): string | undefined {
  const assets = github.world.releases.at(-1)?.assets ?? [];
  return assets.find((asset) => asset.name === name)?.content.toString();
}

test("a bill of materials comes with it, made of the released commit and not of the work tree", async () => {
  const place = await lockedScene();
  const head = await place.repository.git("rev-parse", "HEAD");
  await place.repository.write("web/package-lock.json", "{}");
  const said = await place.release();
  expect(said).toMatchObject({ exit: 0, stdout: "v1.1.0 is released\n" });
  expect(said.stderr).toContain(
    "! v1.1.0  sbom: the bill of materials (it is incomplete: api: it has no uv.lock",
  );
  const cyclonedx = JSON.parse(assetOf(place, "sbom.cdx.json") ?? "");
  expect(cyclonedx).toMatchObject({
    metadata: {
      component: {
        name: "shop",
        version: "1.1.0",
        properties: [{ name: "gantry:commit", value: head }],
      },
    },
    components: [
      { "bom-ref": "component:api", properties: [{ name: "gantry:missing" }] },
      { "bom-ref": "component:web", version: "0.1.0" },
      { purl: "pkg:npm/ms@2.1.3", scope: "required", licenses: [{ expression: "MIT" }] },
    ],
    dependencies: [
      { ref: "product", dependsOn: ["component:api", "component:web"] },
      { ref: "component:web", dependsOn: ["pkg:npm/ms@2.1.3"] },
      { ref: "pkg:npm/ms@2.1.3", dependsOn: [] },
    ],
    compositions: [
      { aggregate: "complete", dependencies: ["component:web"] },
      { aggregate: "incomplete", dependencies: ["component:api"] },
    ],
  });
  const names = JSON.parse(assetOf(place, "sbom.spdx.json") ?? "").packages;
  expect(names.map(({ name }: { name: string }) => name)).toEqual(["shop", "api", "web", "ms"]);
});

test("killed between its two forms and run again: the same bytes as an undisturbed one", {
  timeout: 60_000,
}, async () => {
  const struck = await lockedScene();
  const slow = { name: "slow", seconds: 1e6, applied: "at-once" } as const;
  struck.github.faults.arm("repos/upload-release-asset", slow, { after: 2 });
  await killAt(struck, "repos/upload-release-asset", 2);
  struck.github.faults.clear();
  expect(assetOf(struck, "sbom.cdx.json")).toBeDefined();
  expect(assetOf(struck, "sbom.spdx.json")).toBeUndefined();
  const [first] = bills.map((name) => assetOf(struck, name));
  expect(await struck.release()).toMatchObject({ exit: 0 });
  const finished = bills.map((name) => assetOf(struck, name));
  expect(finished[0]).toBe(first);
  // The same commit released anew, from nothing.
  struck.github.world.releases.pop();
  expect(await struck.release()).toMatchObject({ exit: 0 });
  expect(bills.map((name) => assetOf(struck, name))).toEqual(finished);
});

test.each([
  ["is switched off", "release: { sbom: false }\n"],
  ["has been published without one", undefined],
])("no bill of materials comes where it %s", async (_, config) => {
  const place = await lockedScene();
  if (config) {
    await place.repository.write("gantry.yaml", `${lockedFiles["gantry.yaml"]}${config}`);
    await place.repository.commit("chore: none");
    await place.remote.push();
  }
  expect(await place.release()).toMatchObject({ exit: 0 });
  const released = place.github.world.releases.at(-1);
  if (!released) throw new Error("nothing was released");
  if (!config) {
    released.assets.splice(2);
    expect(await place.release()).toMatchObject({ exit: 0 });
  }
  expect(released.assets.map(({ name }) => name)).toEqual([
    "release-metadata.yaml",
    "release-metadata.json",
  ]);
});

test("a file of the same name that was given takes its place", async () => {
  const place = await lockedScene();
  await place.repository.write("out/sbom.cdx.json", "own");
  await place.release("--asset", `${place.repository.root}/out/sbom.cdx.json`);
  expect(bills.map((name) => assetOf(place, name))).toEqual([
    "own",
    expect.stringContaining("SPDX-2.3"),
  ]);
});

test("without any lock there is no bill of materials, and a word says why", async () => {
  const place = await scene();
  await place.repository.write(
    "pyproject.toml",
    "[project]\nname = 'a'\nversion = '0'\n[tool.uv]\n",
  );
  await place.repository.commit("feat: a project");
  await place.remote.push();
  const said = await place.release();
  expect(said).toMatchObject({ exit: 0, stderr: expect.stringContaining("there is none: ") });
  expect(assetOf(place, "sbom.cdx.json")).toBeUndefined();
});

test("the changelog after five releases: the newest first, and nothing of the releasing itself", {
  timeout: 60_000,
}, async () => {
  const { repository, github, remote, release } = await scene();
  const rounds: readonly (readonly string[])[] = [
    [],
    ["fix(web): the button answers at once (#4)\n\nCloses #3"],
    ["feat: remember the last song", "docs: say how to begin"],
    [
      "feat(api)!: sessions end after a day (#9)\n\nBREAKING CHANGE: ask for a new session:\n`POST /api/session`",
    ],
    ["perf: half the start-up time", 'Revert "feat: remember the last song"'],
  ];
  for (const messages of rounds) {
    for (const message of messages) await repository.commit(message);
    await remote.push("main");
    expect(await release()).toMatchObject({ exit: 0 });
    await remote.pull();
  }
  const changelog = String(headOf(github.world, "main")?.files.get("CHANGELOG.md"));
  expect([...changelog.matchAll(/^## (\S+)/gm)].map(([, version]) => version)).toEqual([
    "2.0.1",
    "2.0.0",
    "1.2.0",
    "1.1.1",
    "1.1.0",
  ]);
  expect(changelog).not.toContain("skip ci");
  expect(changelog).toContain("> ask for a new session:\n  > `POST /api/session`");
});
