import { describe, expect, test } from "vitest";
import { configOf } from "../../../test/builders/config.ts";

const component = (text: string) => {
  const found = configOf(`components:\n  back:\n${text.replaceAll(/^/gm, "    ")}\n`).components[0];
  if (!found) throw new Error("no component");
  return found;
};

describe("defaults of a config that a person wrote", () => {
  test("unit tests: 70 %, blocking, one more try, half an hour", () => {
    expect(component("tests: { unit: { run: pytest } }").tests.unit).toMatchObject({
      run: [["pytest"]],
      coverage: { minimum: 70 },
      blocking: true,
      secrets: [],
      env: {},
      timeoutSeconds: 1800,
      retries: 1,
      flaky: "warn",
      history: false,
    });
  });

  test("integration tests do not block, and nothing is asked of their coverage", () => {
    const suite = component("tests: { integration: { run: pytest } }").tests.integration;
    expect(suite).toMatchObject({ blocking: false });
    expect(suite?.coverage).toBeUndefined();
  });

  test("a coverage that names only its source keeps the 70 %", () => {
    const suite = component("tests: { unit: { run: pytest, coverage: { source: src } } }").tests
      .unit;
    expect(suite?.coverage).toEqual({ source: "src", minimum: 70 });
  });

  test.each([
    ["90s", 90],
    ["5m", 300],
    ["2h", 7200],
    ["1d", 86_400],
    ["1500ms", 1.5],
    ["45", 45],
  ])("a timeout of %s is %d seconds", (written, seconds) => {
    const suite = component(`tests: { unit: { run: pytest, timeout: ${written} } }`).tests.unit;
    expect(suite?.timeoutSeconds).toBe(seconds);
  });

  test("commands: words, lists, and a shell by name", () => {
    const { quality, start } = component(
      "quality: { lint: ruff check ., all: [a 'b c', { sh: 'x | y' }], format: false }\nstart: uvicorn app:app",
    );
    expect(quality).toEqual([
      { name: "lint", commands: [["ruff", "check", "."]] },
      {
        name: "all",
        commands: [
          ["a", "b c"],
          ["sh", "-euc", "x | y"],
        ],
      },
    ]);
    expect(start).toEqual(["uvicorn", "app:app"]);
  });

  test.each([".", "./", "./.", "frontend", "./frontend", "frontend/", "./frontend//"])(
    "the path %s is brought into one form",
    (path) => {
      const found = component(`path: ${path}\ntoolchain: npm`).path;
      expect(found).toBe(path.includes("frontend") ? "frontend" : ".");
    },
  );

  test("the image, its endpoints and the services", () => {
    const config = configOf(
      "image: { health: /api/health, endpoints: [{ path: /x }] }\nservices: { db: { image: postgres, port: 5432 } }\n",
    );
    expect(config.image).toEqual({
      dockerfile: "Dockerfile",
      context: ".",
      args: {},
      port: 8080,
      env: {},
      health: "/api/health",
      endpoints: [{ path: "/x", method: "GET", status: 200 }],
      startupSeconds: 60,
      blocking: true,
    });
    expect(config.services[0]).toMatchObject({ for: ["integration"], readySeconds: 60 });
  });

  test("`image: false` takes the inferred image away", () => {
    expect(configOf("image: false\n").image).toBeUndefined();
    expect(configOf("version: 1\n").image).toMatchObject({ blocking: false });
  });

  test("an environment waits five minutes and is proven by its deployed tests", () => {
    const [environment] = configOf(
      "environments: { production: { provider: local } }\n",
    ).environments;
    expect(environment).toEqual({
      name: "production",
      provider: "local",
      environment: "production",
      token: "RAILWAY_TOKEN",
      waitSeconds: 300,
      health: { path: "/api/health", attempts: 10, intervalSeconds: 5, consecutive: 4 },
      identity: {},
      settings: {},
      variables: {},
      tests: ["deployed"],
    });
  });

  test("what was written lies over what the repository shows, key by key", () => {
    const { toolchain, quality, tests } = component("quality: { lint: flake8 }");
    expect(toolchain).toBe("uv");
    expect(quality.map(({ name }) => name)).toEqual(["lint"]);
    expect(tests.unit?.run[0]?.[0]).toBe("pytest");
  });
});

describe("without a config nothing is demanded that the repository does not demand", () => {
  const config = configOf(undefined);

  test("no gate, no second try, history as in a clone", () => {
    expect(config.origin).toBe("inferred");
    for (const { tests } of config.components) {
      expect(tests.unit).toMatchObject({ retries: 0, history: true });
      expect(tests.unit?.coverage?.minimum).toBeUndefined();
    }
  });

  test("a Dockerfile that nobody declared blocks nothing", () => {
    expect(config.image).toMatchObject({ dockerfile: "Dockerfile", blocking: false });
  });
});
