import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scratchFolder } from "../../test/builders/repository.ts";
import { endRunningProcesses } from "./executor/leftovers.ts";
import { type ProcessEnd, type ProcessRequest, runProcess } from "./process.ts";

const path = process.env.PATH ?? "";

async function run(
  argv: readonly [string, ...string[]],
  more: Partial<ProcessRequest> = {},
): Promise<ProcessEnd & { output: string }> {
  let output = "";
  const end = await runProcess({
    argv,
    cwd: "/",
    env: { PATH: path },
    signal: new AbortController().signal,
    output: async (text) => {
      output += text;
    },
    ...more,
  });
  return { ...end, output };
}

const sh = (script: string, more?: Partial<ProcessRequest>) => run(["sh", "-c", script], more);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until a process has gone; the test's own time limit ends what never happens. */
async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe("how a command ends", () => {
  test.each([
    ["exit 0", { exit: 0 }],
    ["exit 3", { exit: 3 }],
    ["exit 255", { exit: 255 }],
    ["kill -TERM $$", { exit: 143 }],
    ["kill -INT $$", { exit: 130 }],
    ["kill -SEGV $$", { exit: 139 }],
    ["kill -KILL $$", { exit: 137, ended: "memory" }],
    ["sh -c 'kill -KILL $$'; exit $?", { exit: 137, ended: "memory" }],
  ])("%s", async (script, end) => {
    const { output: _, ...found } = await sh(script);
    expect(found).toEqual(end);
  });

  test("a program that is not there, as a shell says it", async () => {
    const end = await run(["no-such-program-anywhere"]);
    expect(end).toEqual({ exit: 127, output: "no-such-program-anywhere: not found\n" });
  });

  test("a file that is not executable", async () => {
    const file = join(await scratchFolder(), "script");
    await writeFile(file, "#!/bin/sh\n");
    await chmod(file, 0o644);
    expect(await run([file])).toMatchObject({ exit: 126, output: `${file}: not executable\n` });
  });

  test("a folder that is not there is named, not the program", async () => {
    const end = await run(["sh", "-c", "true"], { cwd: "/no/such/folder" });
    expect(end).toMatchObject({ exit: 126 });
    expect(end.output).toContain("there is no folder /no/such/folder");
  });

  test("words reach the program as they are", async () => {
    const words = ["a b", "$HOME", "`id`", "*", "", "--", "é\n"];
    const end = await run(["printf", "%s|", ...words]);
    expect(end.output).toBe(words.map((word) => `${word}|`).join(""));
  });

  test("nothing is on its standard input", async () => {
    expect(await sh("cat; echo done")).toMatchObject({ exit: 0, output: "done\n" });
  });

  test("only the variables that it was given", async () => {
    process.env.GANTRY_TEST_SECRET = "leaked";
    const end = await run(["env"], { env: { PATH: path, A: "1" } });
    delete process.env.GANTRY_TEST_SECRET;
    expect(end.output.trim().split("\n").sort()).toEqual(["A=1", `PATH=${path}`].sort());
  });
});

describe("output", () => {
  test("both streams, each in the order in which it was written", async () => {
    const { output } = await sh("echo one; echo two >&2; echo three; echo four >&2");
    expect(output.trim().split("\n").sort()).toEqual(["four", "one", "three", "two"]);
    expect(output).toMatch(/one\n(.*\n)*three/);
    expect(output).toMatch(/two\n(.*\n)*four/);
  });

  test("comes while the command runs", async () => {
    const folder = await scratchFolder();
    const end = await sh(`echo ready; while [ ! -e ${folder}/go ]; do sleep 0.02; done; echo end`, {
      output: async (text) => {
        if (text.includes("ready")) await writeFile(join(folder, "go"), "");
      },
    });
    expect(end.exit).toBe(0);
  });

  test("invalid UTF-8 is shown as such, and a character is never torn", async () => {
    const end = await sh("printf 'a\\377b\\303'; sleep 0.05; printf '\\274c\\342\\202'");
    expect(end.output).toBe("a\uFFFDbüc\uFFFD");
  });

  test("a slow reader slows the command, and gets everything", async () => {
    let size = 0;
    const end = await sh("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo end", {
      output: async (text) => {
        size += text.length;
        await new Promise((resolve) => setTimeout(resolve, 2));
      },
    });
    expect(end.exit).toBe(0);
    expect(size).toBe(3_000_005);
  });

  test("a reader that fails is the caller's failure, not silence", async () => {
    const failing = sh("echo hello; sleep 0.1", {
      output: async () => {
        throw new Error("ENOSPC");
      },
    });
    await expect(failing).rejects.toThrow("ENOSPC");
  });
});

describe("nothing is left running", () => {
  test("a limit ends the command and its grandchildren", async () => {
    const limit = new AbortController();
    let pids: number[] = [];
    const end = await sh("sleep 60 & sh -c 'sleep 60 & echo $! $$; wait' & wait", {
      signal: limit.signal,
      output: async (text) => {
        pids = text.trim().split(/\s+/).map(Number);
        limit.abort("timeout");
      },
    });
    expect(end).toMatchObject({ ended: "timeout", exit: 143 });
    expect(pids).toHaveLength(2);
    await Promise.all(pids.map(gone));
  });

  test("a command that was cancelled says so, whatever it ends with", async () => {
    const cancel = new AbortController();
    const end = await sh(
      "trap 'echo cleaned; exit 0' TERM; echo up; while :; do sleep 0.02; done",
      {
        signal: cancel.signal,
        output: async (text) => {
          if (text.includes("up")) cancel.abort("cancelled");
        },
      },
    );
    expect(end).toMatchObject({ ended: "cancelled", exit: 0 });
  });

  test("one that does not listen is killed", async () => {
    const cancel = new AbortController();
    const end = await sh("trap '' TERM INT; echo up; while :; do sleep 0.02; done", {
      signal: cancel.signal,
      output: async () => cancel.abort("cancelled"),
    });
    expect(end).toMatchObject({ ended: "cancelled", exit: 137 });
  });

  test("nothing begins that was cancelled before", async () => {
    const end = await sh("sleep 60", { signal: AbortSignal.abort("cancelled") });
    expect(end.ended).toBe("cancelled");
  });

  test("what goes on in the background ends with the command, and holds nothing up", async () => {
    const end = await sh("sleep 60 & echo $!; exit 0");
    expect(end.exit).toBe(0);
    await gone(Number(end.output));
  });

  test("what escapes its group is found by the run's mark", async () => {
    const folder = await scratchFolder();
    const env = { PATH: path, GANTRY_RUN_ID: "test-run-escaped" };
    const script = `setsid sh -c 'echo $$ > ${folder}/pid; exec sleep 60' > /dev/null 2>&1 & while [ ! -s ${folder}/pid ]; do sleep 0.02; done`;
    expect(await sh(script, { env })).toMatchObject({ exit: 0 });
    const pid = Number(await readFile(join(folder, "pid"), "utf8"));
    expect(isAlive(pid)).toBe(true);
    await endRunningProcesses("test-run");
    expect(isAlive(pid)).toBe(true);
    await endRunningProcesses("test-run-escaped");
    await gone(pid);
  });
});
