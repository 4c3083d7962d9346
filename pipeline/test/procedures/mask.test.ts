import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { maskFolder } from "../../src/procedures/mask.ts";

const secret = "pässwörd/with+odd";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gantry-mask-"));
  mkdirSync(join(folder, "raw/reports"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function masked(content: string | Buffer): Promise<Buffer> {
  writeFileSync(join(folder, "raw/reports/file"), content);
  await maskFolder(join(folder, "raw"), join(folder, "masked"), [secret]);
  return readFileSync(join(folder, "masked/reports/file"));
}

describe("what leaves a container", () => {
  it.each([
    ["as it is", secret],
    ["in base64", Buffer.from(secret).toString("base64")],
    ["in base64 inside something else", Buffer.from(`ab${secret}`).toString("base64")],
    ["in a URL", encodeURIComponent(secret)],
  ])("has no secret %s", async (_how, form) => {
    const text = (await masked(`before ${form} after`)).toString();
    expect(text).toContain("***");
    expect(text).not.toContain(form);
    expect(text).toMatch(/^before .* after$/);
  });

  it("masks across the borders of chunks", async () => {
    const text = (await masked("x".repeat(65_530) + secret)).toString();
    expect(text).toBe(`${"x".repeat(65_530)}***`);
  });

  it("leaves every other byte as it was", async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_value, index) => index));
    expect(await masked(bytes)).toEqual(bytes);
  });
});
