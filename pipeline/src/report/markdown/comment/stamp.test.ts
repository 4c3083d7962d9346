import { describe, expect, it } from "vitest";
import { isNewer, readStamp, type Stamp, stampLine, stampOf } from "./stamp.ts";

const startedAt = "2026-11-23T09:30:00Z";
const at = "2026-11-23T09:30:00.000Z";
const stamp = (id: number, attempt = 1, started = at): Stamp => ({
  run: { id, attempt },
  startedAt: started,
});

describe("a comment's stamp", () => {
  it.each([
    [{ id: "github-77-2-4f2a", startedAt }, stamp(77, 2)],
    [{ id: "16543210987", startedAt }, stamp(16_543_210_987)],
    [{ id: "16543210987-3", startedAt }, stamp(16_543_210_987, 3)],
    [{ id: "own", url: "https://github.com/o/r/actions/runs/78", startedAt }, stamp(78)],
    [
      { id: "own", url: "https://github.com/o/r/actions/runs/78/attempts/3", startedAt },
      stamp(78, 3),
    ],
    [{ id: "20261123-093000-4f2a", startedAt }, { startedAt: at }],
    [{ id: "--> <img>", url: "https://evil.test/?/actions/runs/x", startedAt }, { startedAt: at }],
  ])("of %j is written and read", (run, expected) => {
    expect(stampOf(run)).toEqual(expected);
    expect(readStamp(`${stampLine(expected)}\n## x`)).toEqual(expected);
    expect(readStamp(`${stampLine(expected)}\r\n## x`)).toEqual(expected);
  });

  it.each([
    `> ${stampLine(stamp(1))}\nquoted`,
    `hello\n${stampLine(stamp(1))}`,
    `${stampLine(stamp(1))} and more`,
    "<!-- gantry:comment at=soon -->\n",
  ])("is not read in %j", (body) => {
    expect(readStamp(body)).toBeUndefined();
  });

  it.each([
    [stamp(2), stamp(1, 9, "2027-01-01T00:00:00.000Z"), true],
    [stamp(1, 2), stamp(1, 1, "2027-01-01T00:00:00.000Z"), true],
    [stamp(1), stamp(1), false],
    [{ startedAt: at }, stamp(9, 1, "2026-11-23T09:29:59.000Z"), true],
    [{ startedAt: at }, { startedAt: at }, false],
  ])("%j after %j: %s", (one, other, expected) => {
    expect(isNewer(one, other)).toBe(expected);
    if (expected) expect(isNewer(other, one)).toBe(false);
  });
});
