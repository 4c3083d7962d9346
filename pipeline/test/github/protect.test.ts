import { describe, expect, it } from "vitest";
import {
  type Connection,
  connect,
  createRuleset,
  findProtection,
  findRuleset,
  listRulesets,
  type Protection,
  putProtection,
  readRepository,
  requireSignatures,
} from "../../src/github/client/index.ts";
import { applyProtection, checkProtection } from "../../src/github/protection/protect.ts";
import type { Settings } from "../../src/github/protection/settings.ts";
import type { WantedBranch } from "../../src/github/protection/wanted.ts";
import type { Fault } from "../stand-ins/github/fault.ts";
import { commitTo } from "../stand-ins/github/world/git.ts";
import { connectTo } from "./connect.ts";
import { expectOk } from "./expect-ok.ts";
import { eachWithGithub } from "./stand-in-world.ts";
import { worlds } from "./worlds.ts";

const settings: Settings = {
  "reviews.required": 1,
  "reviews.dismissStale": true,
  "checks.strict": true,
  "checks.required": ["code-quality", "unit-tests"],
  enforceAdmins: true,
  linearHistory: true,
  signedCommits: true,
  allowForcePushes: false,
  allowDeletions: false,
};

function wanted(kind: "classic" | "ruleset", more: Partial<WantedBranch> = {}) {
  const standing = kind === "ruleset" ? { enforcement: "active", applies: true } : {};
  const branch = { branch: "main", kind, named: true, warnings: [], ...more };
  return {
    branches: [{ settings: { ...standing, ...settings }, ...branch }],
    squashTitle: true,
  };
}

const foreign: Protection = {
  checks: { strict: false, required: [{ context: "unit-tests", appId: 7 }, { context: "old" }] },
  reviews: {
    count: 3,
    dismissStale: false,
    codeOwners: true,
    lastPushApproval: true,
    mayDismiss: undefined,
    mayBypass: { users: ["ada"], teams: [], apps: [] },
  },
  restrictions: { users: ["ada"], teams: ["core"], apps: [] },
  enforceAdmins: false,
  linearHistory: false,
  allowForcePushes: true,
  allowDeletions: true,
  blockCreations: true,
  conversationResolution: true,
  lockBranch: false,
  allowForkSyncing: true,
};

describe.each(worlds)("classic protection on %s", (_name, start) => {
  it("is mended, and is quiet then", async () => {
    const { to, close } = await start();
    // emulate keeps no `checks`, has no signatures, and says of a bare branch other words than GitHub.
    const { signedCommits: _, "checks.required": __, ...all } = settings;
    const asked = { ...wanted("classic", { settings: all }), squashTitle: false };
    await expectOk(putProtection(to, "main", foreign));
    expect((await checkProtection(to, asked))[0]?.drift.length).toBeGreaterThan(0);
    expect((await applyProtection(to, asked))[0]).toMatchObject({ drift: [], warnings: [] });
    await close();
  });
});

describe("protection", () => {
  const world = eachWithGithub();
  const paths = async (to: Connection, kind: "classic" | "ruleset") =>
    (await checkProtection(to, wanted(kind))).flatMap(({ name, drift }) =>
      drift.map(({ path }) => `${name}.${path}`),
    );

  it.each(["classic", "ruleset"] as const)(
    "as a %s: shown, mended, and quiet again",
    async (kind) => {
      const { to, github } = world();
      expect(await paths(to, kind)).toContain("branches.main.checks.required");
      expect(await paths(to, kind)).toContain("repository.squashTitle");
      const parts = await applyProtection(to, wanted(kind));
      expect(parts.flatMap(({ drift }) => drift)).toEqual([]);
      expect(parts.map(({ mended }) => mended.length > 0)).toEqual([true, true]);
      expect(await paths(to, kind)).toEqual([]);
      const acts = github.requests.length;
      await applyProtection(to, wanted(kind));
      const more = github.requests.slice(acts).map(({ operation }) => operation);
      expect(more.filter((one) => /update|create|delete/.test(one))).toEqual([]);
      expect((await expectOk(readRepository(to))).merging).toMatchObject({
        squashTitle: "PR_TITLE",
        squashMessage: "COMMIT_MESSAGES",
        allowMergeCommit: true,
      });
    },
  );

  it("leaves alone what nobody asked about", async () => {
    const { to } = world();
    await expectOk(putProtection(to, "main", foreign));
    await applyProtection(to, wanted("classic"));
    const found = await expectOk(findProtection(to, "main"));
    expect(found).toMatchObject({
      checks: {
        strict: true,
        required: [{ context: "code-quality" }, { context: "unit-tests", appId: 7 }],
      },
      reviews: { ...foreign.reviews, count: 1, dismissStale: true },
      restrictions: foreign.restrictions,
      blockCreations: true,
      conversationResolution: true,
      allowForkSyncing: true,
      signedCommits: true,
    });
    await expectOk(requireSignatures(to, "main", false));
    expect(await paths(to, "classic")).toEqual(["branches.main.signedCommits"]);
  });

  it("touches no ruleset but its own", async () => {
    const { to } = world();
    const other = {
      name: "theirs",
      target: "branch",
      enforcement: "active",
      refs: { include: ["refs/heads/main"], exclude: [] },
      bypassActors: [],
      rules: [{ type: "creation" }],
    } as const;
    const { id } = await expectOk(createRuleset(to, other));
    const before = await expectOk(findRuleset(to, id));
    await applyProtection(to, wanted("ruleset"));
    expect(await expectOk(findRuleset(to, id))).toEqual(before);
    const names = (await expectOk(listRulesets(to))).map(({ name }) => name);
    expect(names).toEqual(["theirs", "gantry: main"]);
    const parts = await checkProtection(to, wanted("classic"));
    expect(parts.flatMap(({ warnings }) => warnings)).toEqual([
      expect.stringContaining("also has the ruleset `gantry: main`"),
    ]);
  });

  it("says what is missing and cannot be mended", async () => {
    const { to } = world();
    const named = wanted("classic", { branch: "next" });
    const [part] = await applyProtection(to, named);
    expect(part).toMatchObject({ drift: [{ path: "exists", wanted: true, found: false }] });
    const [unnamed] = await checkProtection(
      to,
      wanted("classic", { branch: "next", named: false }),
    );
    expect(unnamed).toMatchObject({ drift: [], absent: true });
    expect(part).not.toHaveProperty("absent");
  });

  it.each(["classic", "ruleset"] as const)("needs an administrator's token (%s)", async (kind) => {
    const { asWorkflow } = world();
    const parts = await applyProtection(asWorkflow, wanted(kind));
    expect(parts.map(({ failure }) => failure?.kind)).toEqual(["unauthorised", "unauthorised"]);
  });

  it("mends the other branches where one fails", async () => {
    const { to, github } = world();
    commitTo(github.world, "develop", { message: "feat: b", files: {} });
    const fault: Fault = { name: "status", status: 422 };
    github.faults.arm("repos/update-branch-protection", fault);
    const both = [
      ...wanted("classic").branches,
      ...wanted("classic", { branch: "develop" }).branches,
    ];
    const parts = await applyProtection(to, { branches: both, squashTitle: true });
    expect(parts.map(({ failure, drift }) => [failure?.kind, drift.length])).toEqual([
      ["refused", 0],
      [undefined, 0],
      [undefined, 0],
    ]);
  });
});

const faults: Fault[] = [
  { name: "drop-before" },
  { name: "drop-after" },
  { name: "truncate" },
  { name: "html", applied: true },
  { name: "status", status: 502 },
  { name: "status", status: 500, applied: true },
  { name: "slow", seconds: 60, applied: "at-the-end" },
];
const acts = [
  ["classic", "repos/update-branch-protection"],
  ["classic", "repos/create-commit-signature-protection"],
  ["ruleset", "repos/create-repo-ruleset"],
  ["classic", "repos/update"],
] as const;

describe.each(acts)("apply, as %s, where %s goes wrong", (kind, operation) => {
  const world = eachWithGithub();

  it.each(faults)("%j: all is mended in the end", async (fault) => {
    const { github } = world();
    github.faults.arm(operation, fault);
    const to = connectTo(github, { limits: { requestSeconds: 0.2 } });
    const parts = await applyProtection(to, wanted(kind));
    expect(parts.map(({ drift, failure }) => [drift, failure])).toEqual([
      [[], undefined],
      [[], undefined],
    ]);
    expect(github.world.rulesets).toHaveLength(kind === "ruleset" ? 1 : 0);
  });
});

describe.each(["classic", "ruleset"] as const)("apply, as %s, killed after any request", (kind) => {
  const world = eachWithGithub();

  it("ends the same when it is run again", async () => {
    const { github, to } = world();
    const state = () =>
      JSON.stringify([
        [...github.world.protections],
        github.world.rulesets.map(({ id: _, ...same }) => same),
        github.world.repository,
      ]);
    const fresh = { ...github.world.repository };
    await applyProtection(to, wanted(kind));
    const [whole, count] = [state(), github.requests.length];
    expect(count).toBeGreaterThan(5);
    for (let after = 0; after <= count; after += 1) {
      github.world.protections.clear();
      github.world.rulesets.splice(0);
      Object.assign(github.world.repository, fresh);
      await applyProtection(killed(to, after), wanted(kind)).catch(() => undefined);
      await applyProtection(to, wanted(kind));
      expect(state()).toBe(whole);
    }
  });
});

/** A client whose process ends once so many requests were answered. */
function killed(to: Connection, after: number): Connection {
  let asked = 0;
  return connect({
    ...to,
    fetch: async (url, init) => {
      asked += 1;
      if (asked > after) throw new Error("killed");
      return to.fetch(url, init);
    },
    sleep: () => Promise.reject(new Error("killed")),
  });
}
