import { describe, expect, test } from "vitest";
import { configOf, configProblems } from "../../test/builders/config.ts";

function found(text: string): string[] {
  return configProblems(text).map(
    ({ line, column, code }) => `${line}:${column} ${code.slice(14)}`,
  );
}

describe("rules that cross fields", () => {
  test.each([
    [
      "a folder that is not in the source",
      "components:\n  web: { path: frontent, toolchain: npm }\n",
      "2:10 REFERENCE",
      "frontend",
    ],
    [
      "an input that is not there",
      "components:\n  web: { path: frontend, toolchain: npm, inputs: [frontend/, frontent] }\n",
      "2:62 REFERENCE",
      "frontend",
    ],
    [
      "an env file that is not there",
      "components:\n  back:\n    path: .\n    envFile: tests/.env.co\n",
      "4:5 REFERENCE",
      "tests/.env.ci",
    ],
    [
      "a Dockerfile that is not there",
      "image:\n  dockerfile: Dockerfil\n",
      "2:3 REFERENCE",
      "Dockerfile",
    ],
    [
      "certificates that are not there",
      "certificates: ca.pem\n",
      "1:1 REFERENCE",
      "correct the path",
    ],
    [
      "an accepted audit without a name",
      "accepted:\n  - { check: audit, reason: all is well, until: 2027-01-31 }\n",
      "2:5 MISSING",
      "`rule:` with the advisory",
    ],
    [
      "an incident's environment that is not there",
      "environments: { production: { provider: local } }\nnotify: { incidents: [production, prod] }\n",
      "2:35 REFERENCE",
      "production",
    ],
    [
      "a secret that is not declared",
      "secrets: { GROQ_API_KEY: {} }\ncomponents:\n  back:\n    tests: { integration: { run: pytest, secrets: [GROQ_API_KY] } }\n",
      "4:52 REFERENCE",
      "GROQ_API_KEY",
    ],
    [
      "two environments on one branch",
      "environments:\n  production: { provider: local, branch: main }\n  staging: { provider: local, branch: main }\n",
      "3:31 INVALID-VALUE",
      "a branch of its own",
    ],
    [
      "a check that is called like a step of ours",
      "components:\n  back:\n    quality: { install: ruff check . }\n",
      "3:16 INVALID-VALUE",
      "another name",
    ],
    [
      "a check that is called like the build",
      "components:\n  back:\n    build: make\n    quality: { build: ruff check . }\n",
      "4:16 INVALID-VALUE",
      "another name",
    ],
    [
      "a check that is called like another's second command",
      "components:\n  back:\n    quality: { lint: [a, b], lint-2: c }\n",
      "3:30 INVALID-VALUE",
      "another name",
    ],
    [
      "a command that needs a shell",
      "components:\n  back:\n    quality: { lint: [ruff check ., 'a && b'] }\n",
      "3:37 COMMAND",
      "sh: ",
    ],
    [
      "a suite without a command",
      "components:\n  back:\n    tests:\n      unit: { blocking: false }\n",
      "4:7 MISSING",
      "run",
    ],
    [
      "a component that nothing shows",
      "components:\n  tools:\n    path: src\n",
      "2:3 MISSING",
      "toolchain: uv",
    ],
  ])("%s", (_, text, place, mend) => {
    const problems = configProblems(text);
    expect(found(text)).toEqual([place]);
    expect(`${problems[0]?.message} ${problems[0]?.mend}`).toContain(mend);
  });

  test("all rules are asked at once", () => {
    const text =
      "certificates: ca.pem\nimage: { dockerfile: Docker }\ncomponents:\n  a: { path: nowhere, toolchain: uv, quality: { install: x } }\n";
    expect(configProblems(text)).toHaveLength(4);
  });

  test("what the mend says makes the problem go away", () => {
    expect(configProblems("components:\n  tools: { path: src }\n")).toHaveLength(1);
    expect(configProblems("components:\n  tools: { path: src, toolchain: uv }\n")).toEqual([]);
    expect(configProblems("components:\n  web: { path: frontend, toolchain: npm }\n")).toEqual([]);
    expect(configProblems("version: 1\n")).toEqual([]);
  });

  test("secrets need no declaration where none is declared", () => {
    const text =
      "components:\n  back:\n    tests: { integration: { run: pytest, secrets: [ANY_KEY] } }\n";
    expect(configOf(text).components[0]?.tests.integration?.secrets).toEqual(["ANY_KEY"]);
  });
});
