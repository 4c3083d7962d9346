import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commitDates } from "./commit-dates.ts";

let folder: string;
const commits: string[] = [];
const times = [1_700_000_000, 1_700_000_100, 1_700_000_200];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry-dates-"));
  const git = async (...args: string[]) =>
    (
      await execa("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], {
        cwd: folder,
        env: { GIT_COMMITTER_DATE: `${times[commits.length] ?? 0} +0000` },
      })
    ).stdout;
  await git("init", "--quiet");
  for (const time of times) {
    await git("commit", "--quiet", "--allow-empty", "--message", `feat: ${time}`);
    commits.push(await git("rev-parse", "HEAD"));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const [first = 0, second = 0, third = 0] = times.map((time) => time * 1000);

describe("the dates of the commits that a version brings", () => {
  it("are those that no version before it had, newest first", async () => {
    const [one = "", two = "", three = ""] = commits;
    expect(await commitDates(folder, three, [one])).toEqual([third, second]);
    expect(await commitDates(folder, three, [one, two])).toEqual([third]);
    expect(await commitDates(folder, two, [three])).toEqual([]);
  });

  it("of the first version on record are its own alone", async () => {
    expect(await commitDates(folder, commits[2] ?? "", [])).toEqual([third]);
    expect(await commitDates(folder, commits[0] ?? "", [])).toEqual([first]);
  });

  it("are not known of a commit that is not here, or that is no commit", async () => {
    const [one = ""] = commits;
    expect(await commitDates(folder, "0".repeat(39).concat("1"), [one])).toBe(undefined);
    expect(await commitDates(folder, "--all", [])).toBe(undefined);
    expect(await commitDates(folder, "HEAD", [])).toBe(undefined);
  });

  it("bear versions before it that are not here", async () => {
    const gone = "f".repeat(40);
    expect(await commitDates(folder, commits[2] ?? "", [gone, commits[1] ?? ""])).toEqual([third]);
  });

  it("are not known outside of a repository", async () => {
    expect(await commitDates(tmpdir(), commits[2] ?? "", [])).toBe(undefined);
  });
});
