import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import {
  type Repository,
  scratchFolder,
  scratchRepository,
} from "../../../test/builders/repository.ts";
import type { History } from "../../release/history.ts";
import { type HistoryRequest, readReleaseHistory } from "./release-history.ts";

async function read(root: string, more: Partial<HistoryRequest> = {}): Promise<History> {
  const result = await readReleaseHistory({ directory: root, form: {}, ...more });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

async function released(...messages: string[]): Promise<Repository> {
  const repository = await scratchRepository({ "a.txt": "a" });
  await repository.git("tag", "v1.0.0");
  for (const message of messages) await repository.commit(message);
  return repository;
}

const subjects = ({ commits }: History): string[] =>
  commits.map(({ message }) => message.split("\n")[0] ?? "");

test("reads the commits since the last version, with all their words", async () => {
  const { root, git } = await released("fix: a\n\nbody\n\nRefs: #1", "feat: ü ‮ $(x)");
  const history = await read(root);
  expect(history.previous).toMatchObject({ name: "v1.0.0", version: "1.0.0" });
  expect(subjects(history)).toEqual(["feat: ü ‮ $(x)", "fix: a"]);
  expect(history.commits[1]).toMatchObject({
    author: { name: "Test", email: "test@example.com" },
    message: "fix: a\n\nbody\n\nRefs: #1\n",
  });
  expect(history.head).toBe(await git("rev-parse", "HEAD"));
  expect(history.commits[0]?.parents).toEqual([history.commits[1]?.hash]);
});

test("no tags: the whole history", async () => {
  const { root, commit } = await scratchRepository({ "a.txt": "a" });
  await commit("fix: b");
  const history = await read(root);
  expect(history.previous).toBeUndefined();
  expect(subjects(history)).toEqual(["fix: b", "feat: first"]);
});

test("no commits: nothing", async () => {
  const { root } = await scratchRepository();
  expect(await read(root)).toEqual({ head: "", commits: [], taken: [] });
});

test("a shallow clone is refused with the way to mend it", async () => {
  const { root } = await released("fix: a", "fix: b");
  const clone = join(await scratchFolder(), "clone");
  await execa("git", ["clone", "--quiet", "--depth=1", `file://${root}`, clone]);
  const result = await readReleaseHistory({ directory: clone, form: {} });
  expect(result).toMatchObject({ ok: false, problems: [{ code: "GANTRY-RELEASE-SHALLOW" }] });
});

test("a folder without git is said to be none", async () => {
  const result = await readReleaseHistory({ directory: await scratchFolder(), form: {} });
  expect(result).toMatchObject({ ok: false, problems: [{ code: "GANTRY-NOT-A-REPOSITORY" }] });
});

test("a detached HEAD is as good as a branch", async () => {
  const { root, git } = await released("fix: a");
  await git("checkout", "--quiet", "--detach");
  expect(subjects(await read(root))).toEqual(["fix: a"]);
});

test("tags that are no versions, or lie on another branch, are not the previous one", async () => {
  const { root, git, commit } = await released("fix: a");
  for (const name of ["latest", "v2", "nightly-2026", "web-v7.0.0"]) await git("tag", name);
  await git("checkout", "--quiet", "-b", "other", "v1.0.0");
  for (let patch = 1; patch <= 12; patch++) {
    await commit("fix: elsewhere");
    await git("tag", "--annotate", "--message=x", `v9.0.${patch}`);
  }
  await git("checkout", "--quiet", "main");
  const history = await read(root);
  expect(history.previous?.name).toBe("v1.0.0");
  expect(history.taken).toHaveLength(13);
  expect(subjects(history)).toEqual(["fix: a"]);
});

test("an annotated tag stands on its commit", async () => {
  const { root, git, commit } = await released("feat: a");
  await git("tag", "--annotate", "--message=x", "v1.1.0");
  await commit("fix: b");
  const history = await read(root);
  expect(history.previous).toMatchObject({ version: "1.1.0" });
  expect(history.previous?.commit).toBe(await git("rev-parse", "v1.1.0^{commit}"));
  expect(subjects(history)).toEqual(["fix: b"]);
});

test("clocks that go wrong change nothing", async () => {
  const { root, git } = await released();
  for (const [year, message] of [
    ["2030", "feat: a"],
    ["1999", "fix: b"],
    ["2050", "fix: c"],
  ]) {
    const env = { GIT_COMMITTER_DATE: `${year}-01-01T00:00:00Z` };
    const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
    const args = [...identity, "commit", "--quiet", "--allow-empty", `--message=${message}`];
    await execa("git", args, { cwd: root, env });
    if (year === "2030") await git("tag", "v1.1.0");
  }
  const history = await read(root);
  expect(history.previous?.name).toBe("v1.1.0");
  expect(subjects(history)).toEqual(["fix: c", "fix: b"]);
});

test("pre-releases: the last of the channel, and what is new since then", async () => {
  const { root, git, commit } = await released("feat: a");
  await git("tag", "v1.1.0-beta.1");
  await git("tag", "v1.1.0-next.4");
  await commit("fix: b");
  const history = await read(root, { branch: "beta", channel: "beta" });
  expect(history).toMatchObject({
    branch: "beta",
    previous: { name: "v1.0.0" },
    previousOfChannel: { name: "v1.1.0-beta.1" },
    fresh: [await git("rev-parse", "HEAD")],
  });
  expect(subjects(history)).toEqual(["fix: b", "feat: a"]);
});

test("a component's changes are those of its folders, both sides of a merge", async () => {
  const { root, git, write, commit } = await released();
  await git("checkout", "--quiet", "-b", "side");
  await write("api/a.txt", "same");
  await commit("feat: api on a branch");
  await git("checkout", "--quiet", "main");
  await write("api/a.txt", "same");
  await commit("fix: api on main");
  await write("web/a.txt", "a");
  await commit("feat: web");
  await git("merge", "--quiet", "--no-edit", "side");
  const history = await read(root, { form: { component: "api" }, paths: ["api"] });
  expect(history.previous).toBeUndefined();
  expect(
    subjects(history)
      .filter((subject) => !subject.startsWith("Merge"))
      .toSorted(),
  ).toEqual(["feat: api on a branch", "fix: api on main"]);
});

test("a tag can be looked through, as if it were not there", async () => {
  const { root, git } = await released("feat: a");
  await git("tag", "v1.1.0");
  expect((await read(root, { without: ["v1.1.0"] })).previous?.name).toBe("v1.0.0");
});
