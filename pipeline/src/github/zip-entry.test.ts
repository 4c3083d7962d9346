import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ZipFile, zipOf } from "../../test/builders/zip.ts";
import { readZipEntry } from "./zip-entry.ts";

/** Written by archiver 8.0.0 as a stream, as actions/upload-artifact does: sizes stand at its end only. */
const artifact = Buffer.from(
  [
    "UEsDBBQACAAIAAAAIVwAAAAAAAAAAAAAAAALAAAAbWV0cmljcy50eHRLKs3MSYlPKS1KLMnMz4svTk3Oz0spVjA04gIA",
    "UEsHCLAKcp8cAAAAGgAAAFBLAwQUAAgACAAAACFcAAAAAAAAAAAAAAAACgAAAHN0YXRlLmpzb24dx0EKgCAQBdB9x/hr",
    "axWEc5n4iqSBCjq1Ee8e9HZvwNeck549EgKShIFrLD5CkJkKDO7qOmTgKUlXDV3/+fqGxitAjn2zc87lA1BLBwgOs0Se",
    "SgAAAE4AAABQSwECLQMUAAgACAAAACFcsApynxwAAAAaAAAACwAAAAAAAAAAACAApIEAAAAAbWV0cmljcy50eHRQSwEC",
    "LQMUAAgACAAAACFcDrNEnkoAAABOAAAACgAAAAAAAAAAACAApIFVAAAAc3RhdGUuanNvblBLBQYAAAAAAgACAHEAAADX",
    "AAAAAAA=",
  ].join(""),
  "base64",
);

function read(files: readonly ZipFile[], name: string, most = 1000) {
  return readZipEntry(zipOf(files), name, most);
}

describe("readZipEntry", () => {
  it("reads one file of a ZIP that was written as a stream", () => {
    const read = readZipEntry(artifact, "state.json", 1000);
    if ("unknown" in read) throw new Error(read.unknown);
    expect(JSON.parse(read.content.toString())).toEqual({
      commit_sha: "aaaa",
      branch: "main",
      jobs: { "unit-tests": { coverage: 74.9 } },
    });
    expect(readZipEntry(artifact, "state.jso", 1000)).toEqual({
      unknown: "the ZIP has no state.jso",
    });
  });

  it("reads every file, whatever is in it and behind it", () => {
    const file = fc.record({
      content: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      method: fc.constantFrom<0 | 8>(0, 8),
    });
    fc.assert(
      fc.property(fc.array(file, { maxLength: 5 }), fc.string(), (contents, comment) => {
        const files = contents.map((one, index) => ({ ...one, name: `a/${index}` }));
        for (const { name, content } of files) {
          expect(readZipEntry(zipOf(files, comment), name, 200)).toEqual({ content });
        }
      }),
    );
  });

  it.each([
    ["longer than wanted", { content: "a".repeat(1001) }, "is too long"],
    ["a bomb that says so", { content: Buffer.alloc(5_000_000) }, "is too long"],
    [
      "a bomb that says it is small",
      { content: Buffer.alloc(5_000_000), lie: { bytes: 9 } },
      "is too long",
    ],
    ["a size that is not its own", { content: "a", lie: { bytes: 2 } }, "a sum is wrong"],
    ["a sum that is not its own", { content: "a", lie: { sum: 1 } }, "a sum is wrong"],
    ["encrypted", { content: "a", flags: 1 }, "it is encrypted"],
    ["packed in another way", { content: "a", method: 14 as const }, "packed by method 14"],
  ])("refuses a file that is %s", (_, file, why) => {
    expect(read([{ name: "a", ...file }], "a")).toEqual({ unknown: expect.stringContaining(why) });
  });

  it("refuses what is no ZIP", () => {
    for (const text of ["", "PK", "<html>".repeat(20)]) {
      expect(readZipEntry(Buffer.from(text), "a", 9)).toEqual({
        unknown: "the ZIP is broken: it is no ZIP",
      });
    }
  });

  it("reads the truth or nothing of a ZIP with any byte changed or cut off", () => {
    const whole = readZipEntry(artifact, "state.json", 1000);
    const change = fc.record({
      at: fc.nat(artifact.length - 1),
      to: fc.nat(255),
      end: fc.nat(400),
    });
    fc.assert(
      fc.property(change, ({ at, to, end }) => {
        const changed = Buffer.from(artifact.subarray(0, end));
        if (at < end) changed[at] = to;
        const read = readZipEntry(changed, "state.json", 1000);
        if (!("unknown" in read)) expect(read).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });
});
