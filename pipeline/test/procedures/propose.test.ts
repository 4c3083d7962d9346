import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type ProposeEnd,
  type ProposeSpec,
  readProposeEnd,
} from "../../src/dependencies/contained.ts";
import type { UpdateReport } from "../../src/dependencies/report/report.ts";
import { updateSettings } from "../../src/dependencies/settings.ts";
import { proposeInContainer } from "../../src/procedures/updates/propose.ts";
import { type GithubStandIn, startGithub } from "../stand-ins/github/stand-in.ts";
import { commitTo, headOf } from "../stand-ins/github/world/git.ts";

let github: GithubStandIn;
let folder: string;
beforeEach(async () => {
  github = await startGithub();
  folder = mkdtempSync(join(tmpdir(), "gantry propose "));
  vi.stubEnv("GITHUB_TOKEN", github.world.options.tokens.write);
  vi.stubEnv("GANTRY_APP_TOKEN", "");
  vi.stubEnv("GITHUB_ACTIONS", "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await github.close();
  rmSync(folder, { recursive: true, force: true });
});

const found: UpdateReport = {
  verdict: "updated",
  base: "develop",
  commit: undefined,
  updates: [
    {
      name: "alpha",
      ecosystem: "python",
      from: "1.0",
      to: "1.1",
      kind: "minor",
      direct: true,
      origin: "registry",
      lock: "uv.lock",
      components: ["back"],
    },
  ],
  leftOut: [],
  beyond: [],
  notChecked: [],
  notHandled: [],
  runs: 1,
  stages: ["unit-tests"],
  files: [{ path: "uv.lock", content: "new" }],
  warnings: [],
};
const upToDate: UpdateReport = { ...found, verdict: "up-to-date", updates: [], files: [] };

function base(): string {
  const there = headOf(github.world, "develop");
  const files = { "uv.lock": "old" };
  return (there ?? commitTo(github.world, "develop", { message: "feat: rose", files })).sha;
}

/** One container: a spec and a report go in, an end comes out. */
async function contained(
  report: UpdateReport | undefined,
  change: Partial<ProposeSpec> = {},
): Promise<ProposeEnd> {
  const file = join(folder, "report.json");
  if (report) writeFileSync(file, JSON.stringify(report));
  const { owner, name } = github.world.options;
  const spec: ProposeSpec = {
    settings: updateSettings(),
    base: { branch: "develop", commit: base() },
    ...(report && { report: file }),
    variables: { GITHUB_REPOSITORY: `${owner}/${name}`, GITHUB_API_URL: github.address },
    left: join(folder, "left", "act.json"),
    ...change,
  };
  writeFileSync(join(folder, "spec.json"), JSON.stringify(spec));
  await proposeInContainer(join(folder, "spec.json"));
  const end = readProposeEnd(readFileSync(spec.left, "utf8"));
  if (!end) throw new Error("it left no end");
  return end;
}

describe("the standing request, kept from a container", () => {
  it("only looks where there is no report yet", async () => {
    expect(await contained(undefined)).toEqual({ kind: "ready" });
    expect(github.world.issues).toEqual([]);
  });

  it("is created, left as it is, and closed when nothing is left", async () => {
    const created = await contained(found);
    expect(created).toMatchObject({ kind: "kept", standing: { action: "created", number: 1 } });
    expect(headOf(github.world, "gantry/dependencies")?.files.get("uv.lock")?.toString()).toBe(
      "new",
    );
    expect(await contained(found)).toMatchObject({ standing: { action: "unchanged" } });
    expect(await contained(upToDate)).toMatchObject({ standing: { action: "closed", number: 1 } });
  });

  it("says what to click where the token is a workflow's own, and not with an app's", async () => {
    await github.close();
    const { tokens } = github.world.options;
    const own = `ghs_${"x".repeat(36)}`;
    github = await startGithub({ tokens: { ...tokens, write: own, admin: "an-apps-token" } });
    vi.stubEnv("GITHUB_TOKEN", own);
    await contained(found);
    expect(github.world.issues[0]?.body).toContain("Approve workflows to run");
    vi.stubEnv("GANTRY_APP_TOKEN", "an-apps-token");
    await contained(found);
    expect(github.world.issues[0]?.body).not.toContain("Approve workflows to run");
  });

  it("refuses a base that stands elsewhere on GitHub, and a missing token", async () => {
    base();
    const elsewhere = { base: { branch: "develop", commit: "1".repeat(40) } };
    const codes = async (end: Promise<ProposeEnd>): Promise<unknown> => {
      const told = await end;
      return told.kind === "problems" && told.problems.map(({ code }) => code);
    };
    expect(await codes(contained(undefined, elsewhere))).toEqual(["GANTRY-UPDATES-BASE"]);
    vi.stubEnv("GITHUB_TOKEN", "");
    vi.stubEnv("GH_TOKEN", "");
    expect(await codes(contained(found))).toEqual(["GANTRY-GITHUB-TOKEN"]);
    expect(github.world.issues).toEqual([]);
  });
});
