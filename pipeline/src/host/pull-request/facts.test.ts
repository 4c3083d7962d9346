import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type Repository,
  scratchFolder,
  scratchRepository,
  snapshot,
} from "../../../test/builders/repository.ts";
import type { Known } from "../../pull-request/facts.ts";
import { gatherFacts } from "./facts.ts";

/** Facts of the checked-out branch against main; a scanner that finds nothing. */
async function factsOf(directory: string, more: Partial<Parameters<typeof gatherFacts>[0]> = {}) {
  return gatherFacts({
    directory,
    title: "feat: x",
    branch: "feature/x",
    base: "main",
    head: "HEAD",
    today: "2027-01-31",
    scan: async () => ({ value: [] }),
    ...more,
  });
}

function known<T>(fact: Known<T>): T {
  if ("unknown" in fact) throw new Error(fact.unknown);
  return fact.value;
}

async function branched(files: Record<string, string> = { "README.md": "# x\n" }) {
  const repository = await scratchRepository(files);
  await repository.git("checkout", "--quiet", "-b", "feature/x");
  return repository;
}

describe("the change", () => {
  test("is what the branch adds since it left the base, with sizes", async () => {
    const { root, write, commit, git } = await branched();
    await write("a b/ü.txt", "12345");
    await commit();
    await git("checkout", "--quiet", "main");
    await write("later.txt", "on main alone");
    await commit();
    await git("checkout", "--quiet", "feature/x");
    const facts = await factsOf(root);
    expect(known(facts.changed)).toEqual([{ path: "a b/ü.txt", bytes: 5 }]);
    expect(known(facts.files)).toEqual(["README.md", "a b/ü.txt"]);
  });

  test("takes names as they are: line breaks, leading dashes, no UTF-8, links out of the tree", async () => {
    const { root, write, commit } = await branched();
    await write("--upload-pack=x", "1");
    await write("line\nbreak", "22");
    await write("$(id)`id`", "333");
    await writeFile(Buffer.from(`${root}/bad-\xff`, "latin1"), "4444");
    await symlink("/etc/passwd", join(root, "out"));
    await commit();
    const facts = await factsOf(root);
    const sizes = known(facts.changed).map(({ bytes }) => bytes);
    expect(sizes.toSorted()).toEqual([1, 2, 3, 4]);
    expect(known(facts.changed).map(({ path }) => path)).toContain("line\nbreak");
  });

  test("of a part of a repository is told from there", async () => {
    const { root, write, commit } = await branched({ "part/README.md": "# x\n" });
    await write("part/new.txt", "1");
    await write("elsewhere.txt", "1");
    await commit();
    const facts = await factsOf(join(root, "part"));
    expect(known(facts.changed).map(({ path }) => path)).toEqual(["new.txt"]);
    expect(known(facts.files)).toEqual(["README.md", "new.txt"]);
  });
});

describe("markers", () => {
  const conflict = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n";

  test("are found in added lines alone, with their places", async () => {
    const { root, write, commit } = await branched({ "old.txt": conflict, "README.md": "x" });
    await write("old.txt", `${conflict}more\n`);
    await write("new\nname.txt", conflict);
    await write("setext.md", "Heading\n=======\n");
    await write("arrows.txt", ">>>>>>>>> not a marker\n<<<<<<<x\n");
    await commit();
    const found = known((await factsOf(root)).markers);
    expect(found).toEqual([
      { file: "new\nname.txt", line: 2, sign: "<" },
      { file: "new\nname.txt", line: 4, sign: "=" },
      { file: "new\nname.txt", line: 6, sign: ">" },
    ]);
  });

  test("do not hide behind attributes or Windows line ends", async () => {
    const { root, write, commit } = await branched();
    await write(".gitattributes", "*.txt binary\n");
    await write("a.txt", conflict.replaceAll("\n", "\r\n"));
    await commit();
    expect(known((await factsOf(root)).markers)).toHaveLength(3);
  });
});

describe("the merge", () => {
  async function conflicting(): Promise<Repository> {
    const repository = await branched({ "a.txt": "1\n", "b.txt": "1\n" });
    const { write, commit, git } = repository;
    await write("a.txt", "2\n");
    await commit();
    await git("checkout", "--quiet", "main");
    await write("a.txt", "3\n");
    await write("b.txt", "3\n");
    await commit();
    await git("checkout", "--quiet", "feature/x");
    return repository;
  }

  test("names the files that conflict, and changes nothing", async () => {
    const { root } = await conflicting();
    const before = await snapshot(root);
    expect(known((await factsOf(root)).conflicts)).toEqual(["a.txt"]);
    expect(await snapshot(root)).toEqual(before);
  });

  test("prefers the remote's base to a stale one here", async () => {
    const { root, git } = await conflicting();
    await git("update-ref", "refs/remotes/origin/main", "main~1");
    expect(known((await factsOf(root)).conflicts)).toEqual([]);
  });
});

describe(".env", () => {
  test.each([
    [".env\n", true],
    ["*.env\n", true],
    ["/.env*\n!.env.example\n", true],
    [".env\n!.env\n", false],
    ["node_modules/\n", false],
  ])("with %j in .gitignore: %s", async (patterns, ignored) => {
    const { root, git } = await branched({ ".gitignore": patterns });
    // A user's own list must not count: others do not have it.
    await git("config", "core.excludesFile", join(root, "mine"));
    await writeFile(join(root, "mine"), ".env\n");
    await mkdir(join(root, ".git", "info"), { recursive: true });
    await writeFile(join(root, ".git", "info", "exclude"), ".env\n");
    expect(known((await factsOf(root)).environment).ignored).toBe(ignored);
  });

  test("reads the names in examples, also of what is optional", async () => {
    const { root } = await branched({
      ".env.example": ["A=1", 'export B="x"', "# C=", "# prose about D", "E=$" + "{F}"].join("\n"),
      "api/.env.sample": "G=\n",
    });
    const { examples } = known((await factsOf(root)).environment);
    expect(examples.map(({ file }) => file)).toEqual([".env.example", "api/.env.sample"]);
    expect(examples[0]?.names).toEqual(expect.arrayContaining(["A", "B", "C", "E"]));
    expect(examples[0]?.names).not.toContain("D");
    expect(examples[1]?.names).toContain("G");
  });
});

describe("what cannot be known is not called clean", () => {
  const mendOf = (known: Known<unknown>) => ("unknown" in known ? known : undefined);

  test("in a shallow clone", async () => {
    const { root, write, commit, git } = await branched();
    await write("a", "1");
    await commit();
    await write("b", "1");
    await commit();
    const clone = join(await scratchFolder(), "clone");
    await git("clone", "--quiet", "--depth=1", "--no-single-branch", `file://${root}`, clone);
    const facts = await factsOf(clone);
    expect(mendOf(facts.changed)?.unknown).toContain("shallow");
    expect(mendOf(facts.leaks)?.mend).toContain("fetch-depth: 0");
  });

  test.each([
    ["a base that is not there", "nowhere"],
    ["a base that would be an option", "--upload-pack=touch /tmp/x"],
    ["a base with a line break", "a\nb"],
    ["an empty base", ""],
  ])("with %s", async (_, base) => {
    const { root } = await branched();
    const facts = await factsOf(root, { base });
    expect(mendOf(facts.changed)?.unknown).toMatch(/^the base .* is not in this clone$/);
  });

  test("outside of a repository, and before the first commit", async () => {
    const folder = await scratchFolder();
    expect(mendOf((await factsOf(folder)).files)?.unknown).toContain("no git checkout");
    const { root } = await scratchRepository();
    expect(mendOf((await factsOf(root)).files)?.unknown).toContain("no commit");
  });

  test("where the branch and its base have nothing in common", async () => {
    const { root, git } = await branched();
    await git("checkout", "--quiet", "--orphan", "other");
    await git("commit", "--quiet", "--allow-empty", "-m", "feat: alone");
    expect(mendOf((await factsOf(root)).changed)?.unknown).toContain("no common history");
  });

  test("where the clone lacks contents", async () => {
    const { root, write, commit, git } = await branched();
    await git("config", "uploadpack.allowFilter", "true");
    await write("a", "12");
    await commit();
    const clone = join(await scratchFolder(), "clone");
    const options = ["--quiet", "--filter=blob:none", "--no-checkout"];
    await git("clone", ...options, `file://${root}`, clone);
    // Nothing is to be fetched on the way: then the remote is gone.
    await git("-C", clone, "config", "remote.origin.url", "file:///nowhere");
    const facts = await factsOf(clone, { head: "HEAD" });
    expect("unknown" in facts.changed).toBe(true);
  });
});
