import { describe, expect, it } from "vitest";
import { configOf, configProblems, shownFiles, surveyWith } from "../../../test/builders/config.ts";
import { wantedBranches } from "./wanted.ts";

function wantedBy(text: string | undefined, files = shownFiles, defaultBranch = "main") {
  const request = { config: configOf(text, files), survey: surveyWith(files), defaultBranch };
  return wantedBranches(request);
}

const component =
  "components: { backend: { path: ., toolchain: uv, quality: { lint: ruff check . }, tests: { unit: { run: pytest } } } }\nimage: { dockerfile: Dockerfile }\n";

describe("wantedBranches", () => {
  it("are main's and develop's by default", () => {
    expect(wantedBy(component)).toEqual([
      {
        branch: "main",
        kind: "classic",
        named: false,
        warnings: [],
        settings: {
          "reviews.required": 1,
          "reviews.dismissStale": true,
          "reviews.codeOwners": false,
          "checks.strict": true,
          "checks.required": ["code-quality", "unit-tests", "smoke-tests"],
          enforceAdmins: true,
          linearHistory: true,
          signedCommits: false,
          allowForcePushes: false,
          allowDeletions: false,
        },
      },
      {
        branch: "develop",
        kind: "classic",
        named: false,
        warnings: [],
        settings: {
          "reviews.required": 1,
          "reviews.dismissStale": false,
          "checks.strict": false,
          "checks.required": ["code-quality", "unit-tests"],
          enforceAdmins: false,
          linearHistory: false,
          allowForcePushes: false,
          allowDeletions: false,
        },
      },
    ]);
  });

  it("require no stage that does not block on pull requests to the branch", () => {
    const without = component.replace(/image: .*/, "image: false");
    expect(wantedBy(without)[0]?.settings["checks.required"]).toEqual([
      "code-quality",
      "unit-tests",
    ]);
  });

  it("follow the branches that environments deploy, and the default branch", () => {
    const names = (text: string | undefined, branch?: string) =>
      wantedBy(text, shownFiles, branch).map((one) => one.branch);
    expect(names(component, "master")).toEqual(["master", "develop"]);
    const staged =
      "environments: { production: { branch: live, provider: railway }, staging: { branch: next, provider: railway } }\n";
    expect(names(component + staged)).toEqual(["live", "next"]);
  });

  it("take what gantry.yaml says over the defaults, key by key", () => {
    const [main, next] = wantedBy(
      `${component}branches:\n  main: { kind: ruleset, reviews: { required: 2 }, checks: false }\n  develop: false\n  next: { checks: { required: [smoke-tests, CodeQL, deploy-production] }, reviews: {} }\n`,
    );
    expect(main).toMatchObject({ kind: "ruleset", named: true });
    expect(main?.settings).toMatchObject({
      enforcement: "active",
      applies: true,
      "reviews.required": 2,
      "reviews.dismissStale": true,
      checks: false,
    });
    expect(main?.settings).not.toHaveProperty(["checks.strict"]);
    expect(next?.settings).toEqual({
      "checks.required": ["smoke-tests", "CodeQL", "deploy-production"],
      reviews: true,
    });
    expect(next?.warnings).toEqual([
      expect.stringMatching(/^`next` requires the check `smoke-tests`, which never runs/),
      expect.stringContaining("`deploy-production`"),
    ]);
  });

  it("are refused where gantry.yaml says what does not exist", () => {
    const text = `${component}branches:\n  main: { enforceAdmin: true, reviews: { required: 7 } }\n`;
    expect(configProblems(text).map(({ code, line, mend }) => [code, line, mend])).toEqual([
      ["GANTRY-CONFIG-UNKNOWN-KEY", 4, expect.stringContaining("enforceAdmins")],
      ["GANTRY-CONFIG-INVALID-VALUE", 4, expect.any(String)],
    ]);
  });
});
