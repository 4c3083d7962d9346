import { describe, expect, it } from "vitest";
import { interferingKeys, refuseDotenv } from "../../src/dagger/dotenv.ts";

describe("a .env beside a module", () => {
  it.each([
    "GANTRY_CI_SECRETS=cmd://rm",
    "gantry_ci_runId=1",
    "CI_RUN_ID=1",
    "export GANTRY_PLAN_EVENT_NAME=push",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the file's own form
    "GANTRY_CODE_QUALITY_REF=${OTHER}",
    "ROSE_CI_SOURCE=/elsewhere",
    "GANTRY_PROPOSE_UPDATES_GITHUB_URL=https://elsewhere.example",
    "INIT_MODULE=github.com/else/where",
    "DEPLOY_REF=v0.9.0",
    "GANTRY_PROTECT_APPLY=true",
  ])("interferes with %s", (line) => {
    expect(interferingKeys(line, ["gantry", "rose"])).toHaveLength(1);
  });

  it.each(["GANTRY=1", "CI=true", "DATABASE_URL=x", "OTHER_CI_SOURCE=x", "# CI_SOURCE=x"])(
    "has nothing to say with %s",
    (line) => expect(interferingKeys(line, ["gantry", "rose"])).toEqual([]),
  );

  it("is refused by name, all entries at once", () => {
    const refused = refuseDotenv("CI_REF=a\nCI_BASE=b\n", ".env", []);
    expect(refused).toMatchObject({
      ok: false,
      problems: [{ code: "GANTRY-DOTENV-INTERFERES", file: ".env" }],
    });
    expect(!refused.ok && refused.problems[0]?.message).toMatch(/CI_REF.*CI_BASE/);
  });
});
