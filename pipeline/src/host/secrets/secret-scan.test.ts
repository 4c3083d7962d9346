import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { scratchFolder } from "../../../test/builders/repository.ts";
import type { Known, Leak } from "../../pull-request/facts.ts";
import { type ScanRequest, scanForSecrets } from "./secret-scan.ts";

/** A scanner that does as a test says; its report goes to its output, `args` are its words. */
async function scannerThat(does: string): Promise<ScanRequest["scanner"]> {
  const program = join(await scratchFolder(), "scanner");
  const head = `#!${process.execPath}
const fs = require("node:fs");
const args = process.argv.slice(2);
const print = (text) => fs.writeSync(1, text);
const leave = (findings, state = "complete") =>
  print(JSON.stringify({ schema_version: "1", findings, scan: { state } }));
const finding = (path, line = 1) => ({ rule_id: "github-pat", description: "d", confidence: "high",
  match: { value: "hunter2hunter2" }, attributes: { "git.sha": "c0ffee" }, location: { path, start_line: line } });
`;
  await writeFile(program, `${head}${does}\n`);
  await chmod(program, 0o755);
  return { ok: true, program };
}

async function scan(
  does: string,
  more: Partial<ScanRequest> = {},
): Promise<Known<readonly Leak[]>> {
  return scanForSecrets({
    scanner: await scannerThat(does),
    root: "/repo",
    prefix: "",
    range: { from: "a".repeat(40), to: "b".repeat(40) },
    ownMarks: false,
    ...more,
  });
}

describe("a scan that did not come to its end is not clean", () => {
  test.each([
    ["crashed", 'console.error("bad"); process.exit(2)', "ended with exit code 2: bad"],
    ["was killed", 'process.kill(process.pid, "SIGKILL")', "ended with a signal"],
    ["left nothing", "", "left a report that cannot be read"],
    ["left half a report", 'print("{\\"schema")', "cannot be read"],
    ["left another form", 'print("[]")', "cannot be read"],
    ["gave up", 'leave([], "partial")', "did not come to its end (partial)"],
  ])("it %s", async (_, does, why) => {
    const found = await scan(does);
    expect(found).toMatchObject({ unknown: expect.stringContaining(why) });
  });

  test("there is no scanner", async () => {
    const scanner = { ok: false, reason: "no network", mend: "plug it in" } as const;
    expect(await scan("", { scanner })).toEqual({ unknown: "no network", mend: "plug it in" });
  });

  test("what a crash prints is masked where it may be a secret", async () => {
    const found = await scan('console.error("at ghp_0123456789abcdefghij"); process.exit(1)');
    expect(JSON.stringify(found)).not.toContain("ghp_0123456789");
    expect(found).toMatchObject({ unknown: expect.stringContaining("at ***") });
  });
});

describe("what it finds", () => {
  test("comes back as places, once each, never as what was matched", async () => {
    const found = await scan('leave([finding("b.py", 2), finding("a.py", 7), finding("a.py", 3)])');
    expect(found).toMatchObject({
      value: [
        { file: "a.py", line: 3, rule: "github-pat", commit: "c0ffee" },
        { file: "a.py", line: 7 },
        { file: "b.py", line: 2 },
      ],
    });
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  test("in a part of a repository is told from there, and the rest is left to others", async () => {
    const does = 'leave([finding("part/a.py"), finding("else.py"), finding(undefined)])';
    const found = await scan(does, { prefix: "part/" });
    expect("value" in found && found.value.map(({ file }) => file)).toEqual([undefined, "a.py"]);
  });

  test("nothing is clean", async () => {
    expect(await scan("leave([])")).toEqual({ value: [] });
    expect(await scan("leave(null)")).toEqual({ value: [] });
  });
});

describe("how it is asked", () => {
  test("places are as they are, and nothing of what was matched reaches a file", async () => {
    // Its own masking also takes a password out of paths and commits that happen to hold it.
    const does =
      'const masks = args.some((word) => word.startsWith("--redact"));' +
      'leave([finding(masks ? "REDACTED/a.py" : "hunter2/a.py")]);' +
      'if (!args.includes("--output=-")) process.exit(4)';
    expect(await scan(does)).toMatchObject({ value: [{ file: "hunter2/a.py" }] });
    expect(await scan(does, { prefix: "hunter2/" })).toMatchObject({ value: [{ file: "a.py" }] });
  });

  test("of a report that a crash cut off, nothing is shown", async () => {
    const found = await scan('print("hunter2"); console.error("bad"); process.exit(2)');
    expect(found).toMatchObject({ unknown: expect.stringContaining("exit code 2: bad") });
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  test("it reads only its own settings", async () => {
    vi.stubEnv("BETTERLEAKS_VALIDATE", "true");
    vi.stubEnv("GITHUB_TOKEN", "secret");
    const does =
      "leave([finding(Object.keys(process.env).filter((n) => /LEAKS|TOKEN/.test(n)).join())])";
    expect(await scan(does)).toMatchObject({ value: [{ file: "" }] });
    vi.unstubAllEnvs();
  });

  test("marks of the author count only where no config asks", async () => {
    const left = (does: string) => `leave(${does} ? [finding("marked")] : []);`;
    const strict = left('args.includes("--no-allow-signatures")');
    expect(await scan(strict)).toMatchObject({ value: [{ file: "marked" }] });
    expect(await scan(strict, { ownMarks: true })).toEqual({ value: [] });
  });

  test("with a range it reads that, without one all branches and tags", async () => {
    const does = 'leave(args.some((word) => word.includes("--all")) ? [finding("all")] : [])';
    const whole = { scanner: await scannerThat(does), root: "/repo", prefix: "", ownMarks: false };
    expect(await scanForSecrets(whole)).toMatchObject({ value: [{ file: "all" }] });
    expect(await scan(does)).toEqual({ value: [] });
  });
});
