import { describe, expect, test } from "vitest";
import { configOf } from "../../test/builders/config.ts";
import { checkSecrets, isWrong, type SecretRow } from "./check-secrets.ts";
import { knownSecret } from "./known.ts";
import { type ListedSecret, presenceOf } from "./presence.ts";
import { secretsText } from "./text.ts";

const config = configOf(`
components:
  backend:
    path: .
    toolchain: pip
    tests:
      integration: { run: pytest, secrets: [GROQ_API_KEY, EXTRA_KEY] }
codecov: {}
notify: { slack: SLACK_WEBHOOK_URL, discord: DISCORD_WEBHOOK_URL }
environments:
  production: { branch: main, provider: railway }
  staging: { branch: develop, provider: railway }
release: {}
secrets:
  GROQ_API_KEY: { rotate: 90d, rotated: 2027-01-01 }
  EXTRA_KEY: { optional: true }
  RAILWAY_TOKEN: {}
  QDRANT_URL: {}
`);

interface Given {
  readonly today?: string;
  readonly workflow?: Record<string, boolean>;
  readonly environment?: Record<string, string>;
  readonly listed?: readonly ListedSecret[];
}

function rowsOf({ today = "2027-01-31", workflow = {}, environment = {}, listed }: Given = {}) {
  const sources = { workflow, environment, listed };
  const rows = checkSecrets({ config, presence: (name) => presenceOf(name, sources), today });
  return new Map(rows.map((row) => [row.name, row]));
}

const row = (name: string, given: Given = {}): SecretRow => {
  const found = rowsOf(given).get(name);
  if (!found) throw new Error(`no row ${name}`);
  return found;
};

const textOf = (rows: readonly SecretRow[]): string =>
  secretsText({ rows, findings: [], notChecked: [] }, false);

describe("what is needed where", () => {
  test.each([
    ["GROQ_API_KEY", ["integration tests of backend"], false],
    ["EXTRA_KEY", ["integration tests of backend"], true],
    ["RAILWAY_TOKEN", ["deploy to production", "deploy to staging"], false],
    ["CODECOV_TOKEN", ["coverage upload"], true],
    ["SLACK_WEBHOOK_URL", ["messages to Slack"], true],
    ["DISCORD_WEBHOOK_URL", ["messages to Discord"], true],
    ["QDRANT_URL", ["the application"], false],
    ["GITHUB_TOKEN", ["release"], false],
  ])("%s", (name, where, optional) => {
    expect(row(name)).toMatchObject({ where, optional });
  });
});

describe("what is there", () => {
  test("a required one that is missing is wrong, an optional one is not", () => {
    expect(isWrong(row("GROQ_API_KEY"))).toBe(true);
    expect(isWrong(row("EXTRA_KEY"))).toBe(false);
    expect(row("GITHUB_TOKEN").state).toBe("given");
    expect(isWrong(row("GITHUB_TOKEN"))).toBe(false);
  });

  test.each(["", "  ", "\n"])("a value of %j is none", (value) => {
    expect(row("GROQ_API_KEY", { environment: { GROQ_API_KEY: value } }).state).toBe("missing");
  });

  test("the workflow's word counts before GitHub's list, and that before what is set here", () => {
    const listed = [{ name: "GROQ_API_KEY", updatedAt: "2027-01-30T10:00:00Z" }];
    expect(row("GROQ_API_KEY", { workflow: { GROQ_API_KEY: false }, listed })).toMatchObject({
      state: "missing",
      source: "workflow",
    });
    expect(row("GROQ_API_KEY", { listed })).toMatchObject({ state: "present", source: "github" });
    expect(row("RAILWAY_TOKEN", { listed })).toMatchObject({ state: "missing", source: "github" });
    const environment = { RAILWAY_TOKEN: "x" };
    expect(row("RAILWAY_TOKEN", { listed, environment })).toMatchObject({
      state: "present",
      source: "environment",
    });
  });
});

describe("how old it is", () => {
  const environment = { GROQ_API_KEY: "x", RAILWAY_TOKEN: "x", QDRANT_URL: "x" };
  const age = (name: string, today: string, listed?: readonly ListedSecret[]) =>
    row(name, { environment, today, ...(listed && { listed }) }).age;

  test.each([
    ["2027-01-01", "fresh", 0],
    ["2027-03-17", "fresh", 75],
    ["2027-03-18", "due-soon", 76],
    ["2027-03-31", "due-soon", 89],
    ["2027-04-01", "overdue", 90],
    ["2028-01-01", "overdue", 365],
  ])("on %s a key of 90 days is %s", (today, state, days) => {
    expect(age("GROQ_API_KEY", today)).toEqual({ state, days, limitDays: 90, due: "2027-04-01" });
  });

  test("GitHub's day counts where it is newer than the written one", () => {
    const listed = [{ name: "GROQ_API_KEY", updatedAt: "2027-03-01T23:59:59Z" }];
    expect(age("GROQ_API_KEY", "2027-04-01", listed)).toMatchObject({ state: "fresh", days: 31 });
    const older = [{ name: "GROQ_API_KEY", updatedAt: "2026-01-01T00:00:00Z" }];
    expect(age("GROQ_API_KEY", "2027-01-02", older)).toMatchObject({ state: "fresh", days: 1 });
  });

  test("a deploy token has 180 days, an address has none", () => {
    expect(age("RAILWAY_TOKEN", "2027-01-01")).toEqual({ state: "unknown", limitDays: 180 });
    expect(age("QDRANT_URL", "2027-01-01")).toEqual({ state: "unlimited" });
  });

  test("what is there and overdue is wrong; an age that nobody knows is said", () => {
    expect(isWrong(row("GROQ_API_KEY", { environment, today: "2027-04-01" }))).toBe(true);
    expect(isWrong(row("RAILWAY_TOKEN", { environment }))).toBe(false);
    const text = textOf([row("RAILWAY_TOKEN", { environment })]);
    expect(text).toContain("age not known (renew every 180 days)");
    expect(text).toContain("rotated: YEAR-MONTH-DAY");
  });
});

test("no value ever comes into the rows or the text", () => {
  const environment = { GROQ_API_KEY: "gsk-very-secret", RAILWAY_TOKEN: "railway-very-secret" };
  const rows = [...rowsOf({ environment }).values()];
  expect(JSON.stringify(rows) + textOf(rows)).not.toContain("very-secret");
});

test.each(["RAILWAY_TOKEN", "GROQ_API_KEY", "CODECOV_TOKEN", "SLACK_WEBHOOK_URL", "FOO_KEY"])(
  "%s: the way to renew it names it",
  (name) => {
    expect(knownSecret(name).how).toContain(`gh secret set ${name}`);
    expect(knownSecret(name).how).not.toContain("NAME");
  },
);
