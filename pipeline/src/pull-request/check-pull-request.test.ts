import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factsWith, rulesWith, rulesWithoutConfig } from "../../test/builders/pull-request.ts";
import { checkPullRequest } from "./check-pull-request.ts";
import type { PullRequestFacts } from "./facts.ts";
import { type PullRequestRules, pullRequestRules } from "./rules.ts";
import { pullRequestText } from "./text.ts";
import { readTitle } from "./title.ts";

const check = (change: Partial<PullRequestFacts>, rules: Partial<PullRequestRules> = {}) =>
  checkPullRequest(factsWith(change), rulesWith(rules));
const found = (change: Partial<PullRequestFacts>, rules: Partial<PullRequestRules> = {}) =>
  check(change, rules).findings;
/** Control characters, and marks that turn the direction of text. */
const acting = /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
const unknown = { unknown: "this clone is shallow", mend: "git fetch --unshallow" };

test("a pull request with which nothing is wrong passes", () => {
  expect(check({})).toMatchObject({ verdict: "passed", findings: [], notChecked: [] });
});

test("everything that is wrong is said at once, each with what mends it", () => {
  const report = check(
    {
      title: readTitle("stuff"),
      branch: "stuff",
      files: { value: [".env"] },
      changed: { value: [{ path: "a.bin", bytes: 2_000_000 }] },
      conflicts: { value: ["b.txt"] },
      markers: {
        value: [..."<=>"].map((sign, i) => ({ file: "c", line: i + 1, sign: sign as "<" })),
      },
      environment: { value: { ignored: false, examples: [] } },
      leaks: { value: [{ rule: "r", what: "w", file: "k", line: 3, commit: "c", confidence: "" }] },
    },
    { variables: ["API_KEY"] },
  );
  expect(new Set(report.findings.map((finding) => finding.check))).toEqual(
    new Set([
      "title",
      "branch",
      "required-files",
      "large-files",
      "merge-conflicts",
      "conflict-markers",
      "env-ignored",
      "env-example",
      "secrets",
    ]),
  );
  for (const { mend, message } of report.findings) {
    expect(mend.length, message).toBeGreaterThan(10);
  }
});

describe("title", () => {
  test.each([
    "feat: search",
    "fix(api): a leak",
    "feat!: another form",
    "refactor(core)!: names",
    "revert: feat: search",
    'Revert "feat: search"',
    'Revert "feat: search" (#12)',
    "chore(deps): bump a from 1 to 2",
  ])("%s is fine", (title) => {
    expect(found({ title: readTitle(title) })).toEqual([]);
  });

  test.each([
    ["", "is empty", "fix: what it does"],
    ["Add search", "is no conventional commit", "`fix: Add search`"],
    ["feat:search", "is no conventional commit", "`feat: search`"],
    ["feature: search", "type `feature` is not known", "`feat: search`"],
    ["wonderful: search", "type `wonderful` is not known", "begin the title with one of"],
    ["fxi: leak", "type `fxi` is not known", "`fix: leak`"],
    ["$(rm -rf /)", "is no conventional commit", "`fix: $(rm -rf /)`"],
    ["`id`", "is no conventional commit", "`fix: ˋidˋ`"],
    ["feat: a\nfix: b", "line breaks", "`feat: a ⏎ fix: b`"],
    ["feat: \u202egnp.exe", "nobody sees", "`feat: gnp.exe`"],
    ["feat: \u001b[31mred", "nobody sees", "`feat: red`"],
  ])("%j: %s", (title, message, mend) => {
    const [finding] = found({ title: readTitle(title) });
    expect(finding).toMatchObject({ check: "title", severity: "error" });
    expect(finding?.message).toContain(message);
    expect(finding?.mend).toContain(mend);
  });

  test("a type in large letters is read all the same, and said", () => {
    expect(check({ title: readTitle("Feat(api)!: search") })).toMatchObject({
      verdict: "passed",
      findings: [{ severity: "warning", mend: "rename the pull request to `feat(api)!: search`" }],
    });
  });

  test("none is said, and stops nobody on a laptop", () => {
    const report = check({ title: undefined });
    expect(report.verdict).toBe("passed");
    expect(report.notChecked).toMatchObject([{ check: "title", required: false }]);
  });

  test("other types can be asked for", () => {
    expect(found({ title: readTitle("feat: x") }, { types: ["add", "mend"] })).toHaveLength(1);
    expect(found({ title: readTitle("add: x") }, { types: ["add", "mend"] })).toEqual([]);
  });

  test("whatever it is, it is shown in one line, and nothing of it acts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const report = check({ title: readTitle(text) });
        for (const { message, mend } of report.findings) {
          expect(message).not.toMatch(acting);
          expect(mend).not.toMatch(acting);
          expect(message.match(/`/g)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0);
        }
      }),
    );
  });
});

describe("branch", () => {
  test.each([
    "feature/search",
    "fix/a-leak",
    "hotfix/1.2.4",
    "docs/how_to",
    "test/x",
    "develop",
    "dependabot/npm_and_yarn/zod-4.6.7",
    "renovate/all",
    "gantry/dependencies",
    "gh-readonly-queue/main/pr-1-abc",
    "feature/JIRA-12/é",
  ])("%s is fine", (branch) => {
    expect(found({ branch })).toEqual([]);
  });

  test.each([
    ["search", "feature/search"],
    ["feature/", "feature/what-it-does"],
    ["Fix-login page", "fix/login-page"],
    ["feature", "feature/what-it-does"],
    ["featuresearch", "feature/search"],
    ["--upload-pack=touch x", "feature/upload-pack-touch-x"],
    ["feature/$(rm -rf ~)", "feature/rm-rf"],
    ["feature/`id`", "feature/id"],
    ["feature/a;b", "feature/a-b"],
    ["feature/\u202eevil", "feature/evil"],
    ["develop2", "feature/develop2"],
  ])("%j: rename it to %s", (branch, better) => {
    const [finding] = found({ branch });
    expect(finding).toMatchObject({ check: "branch", severity: "error" });
    expect(finding?.mend).toContain(`git branch -m ${better}\``);
  });

  test("whatever it is, the command that mends it holds plain words alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (branch) => {
        for (const { mend } of found({ branch })) {
          expect(mend).toMatch(/^rename it: `git branch -m [a-z]+\/[a-z0-9-]+`, push it/);
        }
      }),
    );
  });

  test("without one it is said", () => {
    expect(check({ branch: undefined }).notChecked).toMatchObject([{ check: "branch" }]);
  });
});

describe("files", () => {
  test.each(["README.md", "readme.rst", "README"])("%s is a README", (file) => {
    expect(found({ files: { value: [file] } })).toEqual([]);
  });

  test("a README in a folder is none", () => {
    expect(found({ files: { value: ["docs/README.md"] } })).toMatchObject([
      { check: "required-files", file: "README.md", severity: "error" },
    ]);
  });

  test("exactly a megabyte is not over it", () => {
    const of = (bytes: number) => found({ changed: { value: [{ path: "a b\n.bin", bytes }] } });
    expect(of(1024 ** 2)).toEqual([]);
    expect(of(1024 ** 2 + 1)).toMatchObject([{ check: "large-files", severity: "warning" }]);
    expect(check({ changed: { value: [{ path: "a", bytes: 10 ** 9 }] } }).verdict).toBe("passed");
  });
});

describe("markers", () => {
  const markers = (signs: string) => ({
    markers: {
      value: [...signs].map((sign, index) => ({ file: "a", line: index + 1, sign: sign as "<" })),
    },
  });

  test.each([
    ["<=>", "error"],
    ["<|=>", "error"],
    ["<", "warning"],
    [">", "warning"],
    [">=<", "warning"],
  ])("%s is an %s", (signs, severity) => {
    expect(found(markers(signs)).every((finding) => finding.severity === severity)).toBe(true);
    expect(found(markers(signs)).length).toBeGreaterThan(0);
  });

  test("a line under a heading is none", () => {
    expect(found(markers("="))).toEqual([]);
  });
});

describe(".env", () => {
  test.each([".env", "api/.env", ".env.local", "web/.env.production.local"])(
    "%s in the repository is an error",
    (file) => {
      expect(found({ files: { value: ["README.md", file] } })).toMatchObject([
        { check: "env-ignored", file, severity: "error" },
      ]);
    },
  );

  test.each([".env.example", "tests/.env.ci", ".environment", ".env.production"])(
    "%s may be there",
    (file) => {
      expect(found({ files: { value: ["README.md", file] } })).toEqual([]);
    },
  );

  test("has to be ignored", () => {
    const environment = { value: { ignored: false, examples: [] } };
    expect(found({ environment })).toMatchObject([{ check: "env-ignored", file: ".gitignore" }]);
  });

  test("the example names every variable that the config does", () => {
    const examples = [
      { file: ".env.example", names: ["A"] },
      { file: "api/.env.example", names: ["B"] },
    ];
    const environment = { value: { ignored: true, examples } };
    expect(found({ environment }, { variables: ["A", "B"] })).toEqual([]);
    const [finding] = found({ environment }, { variables: ["A", "B", "C", "D"] });
    expect(finding).toMatchObject({ check: "env-example", file: ".env.example" });
    expect(finding?.message).toContain("`C`, `D`");
    expect(finding?.mend).toContain("`C=`, `D=`");
  });
});

describe("what could not be found out", () => {
  const nothing = {
    files: unknown,
    changed: unknown,
    conflicts: unknown,
    markers: unknown,
    environment: unknown,
    leaks: unknown,
  };

  test("is never clean where a config asks for it", () => {
    const report = check(nothing);
    expect(report.verdict).toBe("unknown");
    expect(report.notChecked.map((not) => not.check)).toEqual([
      "required-files",
      "large-files",
      "merge-conflicts",
      "conflict-markers",
      "env-ignored",
      "secrets",
    ]);
  });

  test("leaves an error red", () => {
    expect(check({ ...nothing, branch: "x" }).verdict).toBe("failed");
  });

  test("is said, and no more, where nobody asked", () => {
    const report = checkPullRequest(factsWith(nothing), rulesWithoutConfig());
    expect(report.verdict).toBe("passed");
    expect(report.notChecked.length).toBeGreaterThan(3);
  });
});

describe("without a gantry.yaml", () => {
  const without = (change: Partial<PullRequestFacts>) =>
    checkPullRequest(factsWith(change), rulesWithoutConfig());

  test("titles, branches and files are not asked for, and not called clean", () => {
    const report = without({
      title: readTitle("stuff"),
      branch: "stuff",
      files: { value: [] },
      environment: { value: { ignored: false, examples: [] } },
    });
    expect(report).toMatchObject({ verdict: "passed", findings: [] });
    expect(report.notAsked).toEqual(["title", "branch", "required-files", "env-example"]);
    expect(pullRequestText(report, false)).toContain("– title: not asked for here");
  });

  test("what is wrong everywhere counts: conflicts and what they leave", () => {
    expect(without({ conflicts: { value: ["a"] } }).verdict).toBe("failed");
  });

  test("a secret is a warning: it may be a test's", () => {
    const leaks = {
      value: [{ rule: "r", what: "w", file: "k", line: 3, commit: "c", confidence: "" }],
    };
    expect(without({ leaks })).toMatchObject({
      verdict: "passed",
      findings: [{ check: "secrets", severity: "warning" }],
    });
  });
});

describe("what is accepted", () => {
  const leak = { rule: "github-pat", what: "w", line: 3, commit: "c", confidence: "" };
  const leaks = {
    leaks: {
      value: [
        { ...leak, file: "tests/keys.py" },
        { ...leak, file: "src/keys.py" },
      ],
    },
  };
  const exception = { check: "secrets", file: "tests/", reason: "made up", until: "2027-01-31" };

  test("is set aside with its reason up to its day", () => {
    const report = check(leaks, { accepted: [exception] });
    expect(report.findings).toMatchObject([{ file: "src/keys.py" }]);
    expect(report.accepted).toMatchObject([{ file: "tests/keys.py", reason: "made up" }]);
    expect(pullRequestText(report, false)).toContain(
      "tests/keys.py:3: accepted until 2027-01-31: made up",
    );
  });

  test("counts again on the day after, and says so", () => {
    const report = check(leaks, { accepted: [{ ...exception, until: "2027-01-30" }] });
    expect(report.findings).toHaveLength(2);
    expect(report.findings[0]?.message).toContain("accepted until 2027-01-30, which is over");
  });

  test.each([
    [{ rule: "github-pat" }, 0],
    [{ rule: "aws" }, 1],
    [{ line: 3 }, 0],
    [{ line: 4 }, 1],
    [{ check: "conflict-markers" }, 1],
    [{ file: "tests/keys.py" }, 0],
    [{ file: "tests/keys" }, 1],
  ])("%j narrows it", (narrower, left) => {
    const report = check(
      { leaks: { value: [{ ...leak, file: "tests/keys.py" }] } },
      { accepted: [{ ...exception, ...narrower }] },
    );
    expect(report.findings).toHaveLength(left);
  });
});

test("the rules come through the plan's JSON as they were", () => {
  const rules = rulesWith({ variables: ["A"] });
  expect(pullRequestRules.parse(JSON.parse(JSON.stringify(rules)))).toEqual(rules);
});
