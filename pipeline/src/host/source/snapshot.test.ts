import { symlink } from "node:fs/promises";
import { expect, it } from "vitest";
import { scratchRepository } from "../../../test/builders/repository.ts";
import { snapshotAt } from "./snapshot.ts";

it("a commit's files are read as they were committed, byte by byte, without links", async () => {
  const { root, git, write, commit } = await scratchRepository({
    "package.json": '{"name":"ü"}',
    "deep/uv.lock": "version = 1\n",
    "empty.txt": "",
  });
  await symlink("package.json", `${root}/pyproject.toml`);
  await git("add", "--all");
  await commit("feat: a link");
  const head = await git("rev-parse", "HEAD");
  await write("package.json", "changed");
  await write("new.txt", "new");
  const snapshot = await snapshotAt(root, head);
  if (!snapshot.ok) throw new Error("it was read");
  const { survey, read } = snapshot.value;
  expect(survey.files.toSorted()).toEqual(["deep/uv.lock", "empty.txt", "package.json"]);
  expect(Object.fromEntries(survey.texts)).toEqual({
    "package.json": '{"name":"ü"}',
    "deep/uv.lock": "version = 1\n",
  });
  const texts = await read(["empty.txt", "nothing", "package.json"]);
  expect(texts.ok && [...texts.value.keys()]).toEqual(["empty.txt", "package.json"]);
  const below = await snapshotAt(`${root}/deep`, head);
  expect(below.ok && below.value.survey.files).toEqual(["uv.lock"]);
});

it("a commit that is not there is said", async () => {
  const { root } = await scratchRepository({ "a.txt": "a" });
  expect(await snapshotAt(root, "0".repeat(40))).toMatchObject({
    problems: [{ code: "GANTRY-GIT-FAILED" }],
  });
});
