import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTiny, type GantryEnd, gantry, type Scratch } from "./scratch.ts";

const secret = "s3cret/with+odd&chars=é-0123456789";

/** Says its secret in every way that a careless test might, also in pieces. */
const careless = `
const secret = process.env.API_KEY;
console.log("raw", secret);
console.log("json", JSON.stringify({ secret }));
console.log("url", encodeURIComponent(secret));
console.log("base64", Buffer.from(secret).toString("base64"), Buffer.from("x" + secret).toString("base64"));
console.log("base64url", Buffer.from(secret).toString("base64url"));
console.log("hex", Buffer.from(secret).toString("hex"));
for (const char of secret) { process.stdout.write(char); await new Promise((done) => setTimeout(done, 5)); }
console.error("src/app.js:1:1: error: " + secret);
process.exit(1);
`;

describe("a secret that a step gets", { timeout: 120_000 }, () => {
  let scratch: Scratch;
  let end: GantryEnd;
  beforeAll(async () => {
    scratch = await createTiny(
      { run: "node careless.mjs", secrets: ["API_KEY"] },
      { "careless.mjs": careless },
      { secrets: { API_KEY: {} } },
    );
    end = await gantry(["ci", "-C", scratch.folder, "--json", "--verbose"], { API_KEY: secret });
  }, 120_000);
  afterAll(() => scratch.remove());

  it("reached the step", () => {
    expect(end.exit).toBe(1);
    expect(end.stderr).toContain("raw ***");
  });

  it("is nowhere in output, logs and reports, in no encoding", async () => {
    const texts = [
      end.stdout,
      end.stderr,
      ...(await textsBelow(join(scratch.folder, ".gantry", "runs"))),
    ];
    expect(texts.length).toBeGreaterThan(6);
    for (const form of forms()) {
      expect(texts.filter((text) => text.includes(form)).length, form).toBe(0);
    }
  });

  it("is not asked for in a fork's pull request", async () => {
    const event = join(scratch.folder, ".git", "event.json");
    await scratch.write(".git/event.json", JSON.stringify(forkEvent));
    const fork = await gantry(
      [
        ...["ci", "-C", scratch.folder, "--json", "--github-event", event],
        ...["--skip", "pr-checks"],
      ],
      {
        API_KEY: secret,
        GITHUB_EVENT_NAME: "pull_request",
      },
    );
    expect(fork.exit).toBe(3);
    expect(fork.stderr).toContain("API_KEY");
    expect(fork.stderr).not.toContain("raw");
  });
});

const forkEvent = {
  pull_request: {
    number: 1,
    title: "feat: from a fork",
    head: { ref: "main", sha: "1".repeat(40), repo: { full_name: "somebody/tiny" } },
    base: { ref: "main", sha: "2".repeat(40), repo: { full_name: "owner/tiny" } },
  },
};

function forms(): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
}

async function textsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "latin1")));
}
