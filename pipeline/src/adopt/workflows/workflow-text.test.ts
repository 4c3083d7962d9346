import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { sampleFacts } from "../../../test/builders/adoption.ts";
import { ciCd } from "./ci-cd.ts";
import { dependencyUpdates } from "./dependency-updates.ts";
import { expression } from "./expression.ts";
import type { WorkflowFacts } from "./facts.ts";
import { prValidation } from "./pr-validation.ts";
import { release } from "./release.ts";
import { daggerLine } from "./step-value.ts";
import { workflowText } from "./workflow-text.ts";

interface ParsedJob {
  readonly name: string;
  readonly if?: string;
  readonly permissions: Record<string, string>;
  readonly uses?: string;
  readonly environment?: { name: string; deployment?: boolean };
  readonly concurrency?: { group: string; "cancel-in-progress": boolean };
  readonly env?: Record<string, string>;
  readonly steps?: readonly {
    uses?: string;
    run?: string;
    env?: Record<string, string>;
    with?: Record<string, unknown>;
  }[];
}
interface Parsed {
  readonly on: Record<string, unknown>;
  readonly permissions: unknown;
  readonly jobs: Record<string, ParsedJob>;
}

const all = [ciCd, prValidation, release, dependencyUpdates];
const texts = (facts: WorkflowFacts): string[] => all.map((make) => workflowText(make(facts)));
const parsed = (text: string): Parsed => parse(text) as Parsed;
const stepsOf = (workflow: Parsed) =>
  Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);

const secretName = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/).filter((n) => n !== "GITHUB_TOKEN");
const branch = fc.oneof(
  fc.constantFrom("main", "master", "yes", "null", "1.0", "a b: c # d", "*x"),
  fc.string({ minLength: 1 }),
);
const anyFacts = fc.record({
  branches: fc.record({ main: branch, develop: branch }),
  checkSecrets: fc.uniqueArray(secretName, { maxLength: 4 }),
  staging: fc.uniqueArray(secretName, { minLength: 1, maxLength: 3 }),
  production: fc.uniqueArray(secretName, { minLength: 1, maxLength: 3 }),
  releaseSecrets: fc.uniqueArray(secretName, { maxLength: 2 }),
  updates: fc.record({ schedule: fc.constantFrom("0 9 * * 1", "30 4 1 * *"), token: secretName }),
  security: fc.boolean(),
  e2e: fc.boolean(),
});

describe("every workflow, whatever the repository", () => {
  test("is YAML that means what the facts say, and the same facts give the same text", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(texts(facts)).toEqual(texts(facts));
        const { on } = parsed(workflowText(ciCd(facts)));
        const { main, develop } = facts.branches;
        expect(on.push).toEqual({ branches: [main, develop] });
      }),
      { numRuns: 100 },
    );
  });

  test("holds no more shell than one `dagger call` line of plain words and quoted variables", () => {
    const line = /^dagger call( --[a-z-]+=("\$[A-Z_]+[\w./-]*"|[\w.,:/@-]+)| [a-z-]+)+$/;
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const text of texts(facts)) {
          for (const { run } of stepsOf(parsed(text)))
            if (run !== undefined) expect(run).toMatch(line);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("defines every variable that a line asks the shell for", () => {
    for (const workflow of texts(sampleFacts()).map(parsed)) {
      for (const job of Object.values(workflow.jobs)) {
        for (const step of job.steps ?? []) {
          const asked = [...(step.run ?? "").matchAll(/\$([A-Z_]+)/g)].map(([, name]) => name);
          const own = asked.filter((name) => !/^(GITHUB|RUNNER)_/.test(name ?? ""));
          expect(Object.keys({ ...job.env, ...step.env })).toEqual(expect.arrayContaining(own));
        }
      }
    }
  });

  test.each(texts(sampleFacts()))(
    "grants nothing at the top, and says why for each grant",
    (text) => {
      expect(parsed(text).permissions).toEqual({});
      const grants = text.split("\n").filter((line) => /^ {6}[a-z-]+: (read|write)/.test(line));
      const granted = Object.values(parsed(text).jobs).flatMap((job) =>
        Object.keys(job.permissions),
      );
      expect(grants).toHaveLength(granted.length);
      for (const line of grants) expect(line).toMatch(/: (read|write) # \w/);
    },
  );

  test("takes actions at a full commit, or from the commit that runs", () => {
    for (const workflow of texts(sampleFacts()).map(parsed)) {
      const uses = [...Object.values(workflow.jobs), ...stepsOf(workflow)].map((one) => one.uses);
      for (const one of uses.filter((found) => found !== undefined)) {
        expect(one).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$|^\$\/\.github\//);
      }
    }
  });
});

describe("ci-cd.yml", () => {
  const facts = sampleFacts({
    checkSecrets: ["CODECOV_TOKEN", "GROQ_API_KEY"],
    staging: ["STAGING_TOKEN"],
    production: ["LIVE_TOKEN", "SLACK_WEBHOOK_URL"],
  });
  const { jobs } = parsed(workflowText(ciCd(facts)));

  test("has a check for each stage that can be required, under the stage's name", () => {
    expect(Object.keys(jobs)).toEqual([
      "checks",
      "code-quality",
      "unit-tests",
      "integration-tests",
      "smoke-tests",
      "comment",
      "deploy-staging",
      "deploy-production",
      "create-release",
    ]);
    expect(jobs["smoke-tests"]?.steps?.[0]?.with).toMatchObject({ stage: "smoke-tests" });
  });

  test("has a check for end-to-end tests, only where there are some", () => {
    const asked = parsed(workflowText(ciCd(sampleFacts({ e2e: true }))));
    expect(asked.jobs["e2e-tests"]?.steps?.[0]?.with).toMatchObject({ stage: "e2e-tests" });
    const plain = parsed(workflowText(ciCd(sampleFacts())));
    expect(plain.jobs).not.toHaveProperty("e2e-tests");
  });

  test("asks for security weekly and as a check, only where the config asks for it", () => {
    const asked = parsed(workflowText(ciCd(sampleFacts({ security: true }))));
    expect(asked.on.schedule).toEqual([{ cron: "17 6 * * 1" }]);
    expect(asked.jobs.security?.steps?.[0]?.with).toMatchObject({ stage: "security" });
    expect(asked.jobs.security?.if).toBe("always()");
    const plain = parsed(workflowText(ciCd(sampleFacts())));
    expect(plain.on).not.toHaveProperty("schedule");
    expect(plain.jobs).not.toHaveProperty("security");
  });

  test("on the schedule nothing is deployed, released or commented", () => {
    const asked = parsed(workflowText(ciCd(sampleFacts({ security: true }))));
    for (const id of ["deploy-staging", "deploy-production", "create-release", "comment"]) {
      expect(asked.jobs[id]?.if).toMatch(/^github\.event_name == '(push|pull_request)' &&/);
    }
  });

  test("hands each job the secrets of its own and no others", () => {
    const given = (name: string): string => JSON.stringify(jobs[name]);
    expect(jobs.checks?.env).toMatchObject({
      SECRETS: "env:CODECOV_TOKEN,env:GROQ_API_KEY",
      GROQ_API_KEY: expression("secrets.GROQ_API_KEY"),
    });
    expect(given("checks")).not.toMatch(/LIVE_TOKEN|STAGING_TOKEN|github\.token/);
    expect(given("deploy-staging")).toContain("secrets.STAGING_TOKEN");
    expect(given("deploy-staging")).not.toMatch(/LIVE_TOKEN|GROQ/);
    expect(given("deploy-production")).toContain(
      "env:LIVE_TOKEN,env:GITHUB_TOKEN,env:SLACK_WEBHOOK_URL",
    );
  });

  test("comments from a job of its own, with a token that no test meets and no other secret", () => {
    const { comment, ...others } = jobs;
    expect(comment?.permissions).toEqual({
      actions: "read",
      contents: "read",
      "pull-requests": "write",
    });
    expect(comment?.if).toContain("github.event_name == 'pull_request'");
    expect(comment?.if).toContain("!cancelled()");
    expect(JSON.stringify(comment)).not.toMatch(/secrets\.|dagger call (ci|run)\b/);
    const lines = comment?.steps?.flatMap(({ run }) => run ?? []) ?? [];
    expect(lines).toEqual([expect.stringMatching(/^dagger call comment /)]);
    for (const [name, { permissions }] of Object.entries(others)) {
      if (name !== "create-release") expect(permissions).not.toHaveProperty("pull-requests");
    }
  });

  test("reads the run where the artifact was laid, and leaves what cannot be said in the summary", () => {
    const [checkout, fetch, , call] = jobs.comment?.steps ?? [];
    expect(checkout?.with).toMatchObject({ "fetch-depth": 0, "persist-credentials": false });
    expect(fetch?.with).toEqual({
      name: "test-results",
      path: `${expression("runner.temp")}/checked`,
    });
    expect(call?.run).toContain('--run="$RUNNER_TEMP/checked/run.json"');
    expect(call?.run).toContain('--output="$GITHUB_STEP_SUMMARY"');
    const kept = jobs.checks?.steps?.find(({ with: given }) => given?.name === "test-results");
    expect(String(kept?.with?.path).split("\n")).toContain("gantry-report/run.json");
  });

  test("keeps the base's coverage where the comment looks for it, below no folder", () => {
    const kept = jobs.checks?.steps?.find(({ with: given }) => given?.name === "workflow-metrics");
    expect(String(kept?.with?.path).trim().split("\n")).toEqual([
      "gantry-report/metrics.txt",
      "gantry-report/state.json",
    ]);
  });

  test("lets one deploy of an environment run at a time, and ends none", () => {
    expect(jobs["deploy-production"]?.concurrency).toEqual({
      group: "deploy-production",
      "cancel-in-progress": false,
    });
    expect(jobs["deploy-production"]?.environment).toMatchObject({ name: "production" });
  });

  test("releases only what was deployed and proven, with the grants of a release by hand", () => {
    const byHand = parsed(workflowText(release(facts))).jobs.release;
    expect(jobs["create-release"]?.permissions).toEqual(byHand?.permissions);
    expect(JSON.stringify(jobs["create-release"])).toContain(
      "needs.deploy-production.outputs.proven == 'true'",
    );
    expect(jobs["create-release"]?.concurrency?.group).toBe("release");
  });

  test("leaves the checks without a list of secrets where there are none", () => {
    const bare = workflowText(ciCd(sampleFacts({ checkSecrets: [] })));
    expect(bare).toContain('--attempt="$ATTEMPT"\n');
  });
});

test("a repository whose dagger.json is its own names Gantry in every call", () => {
  const facts = sampleFacts({ module: "github.com/acme/gantry@v1" });
  for (const text of texts(facts)) {
    for (const { run } of stepsOf(parsed(text))) {
      if (run !== undefined)
        expect(run).toMatch(/^dagger call --mod=github\.com\/acme\/gantry@v1 /);
    }
  }
});

test("a word that a shell would read is refused", () => {
  const flags = [{ name: "env", word: "x; rm -rf /" }];
  expect(() => daggerLine({ kind: "dagger", call: "deploy", flags })).toThrow("plain word");
});
