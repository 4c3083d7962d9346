import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { places } from "../../src/dagger/environment.ts";
import { type CommandEnd, readEnd, timedOut, wrapper } from "../../src/dagger/wrapper.ts";

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "gantry-wrapper-"));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

interface Wrapped {
  readonly end: CommandEnd;
  readonly shown: string;
  readonly log: string;
}

function wrapped(words: string[], show = "shown", limit = "60"): Wrapped {
  const script = wrapper.replaceAll(places.out, out);
  const shown = execFileSync("sh", ["-c", script, "gantry", limit, "0", show, ...words], {
    env: { ...process.env, GANTRY_RUN_KEY: "run/1", TRACEPARENT: "00-x" },
    encoding: "utf8",
  });
  const log = show === "hidden" ? readFileSync(join(out, "log"), "utf8") : "";
  return { end: readEnd(readFileSync(join(out, "end"), "utf8")), shown, log };
}

it("keeps the exit code, the run's key and the output of a red command", () => {
  const { end, shown } = wrapped(["sh", "-c", "echo out; echo err >&2; exit 3"]);
  expect(end).toMatchObject({ exit: 3, run: "run/1" });
  expect(shown).toBe("out\nerr\n");
});

it("shows nothing of a command that is hidden", () => {
  const { shown, log } = wrapped(["echo", "base64 of a secret"], "hidden");
  expect(shown).toBe("");
  expect(log).toBe("base64 of a secret\n");
});

it("gives words to the command as they are", () => {
  const { shown } = wrapped(["printf", "%s|", "$(id)", "a b", "", "*"]);
  expect(shown).toBe("$(id)|a b||*|");
});

it("keeps what is the engine's from the command", () => {
  const { shown } = wrapped(["sh", "-c", 'echo "$TRACEPARENT$GANTRY_RUN_KEY"']);
  expect(shown).toBe("\n");
});

it("ends a command at its limit, and tells that from a command that says 124", () => {
  const late = wrapped(["sleep", "20"], "shown", "1").end;
  expect(timedOut(late, 1)).toBe(true);
  const own = wrapped(["sh", "-c", "exit 124"]).end;
  expect(timedOut(own, 60)).toBe(false);
});

it("says 127 where there is no such program", () => {
  expect(wrapped(["no-such-program-anywhere"]).end.exit).toBe(127);
});
