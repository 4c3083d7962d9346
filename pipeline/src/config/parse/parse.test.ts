import { describe, expect, test } from "vitest";
import { catalogue } from "../../errors/catalogue.ts";
import type { Problem } from "../../errors/problem.ts";
import { parseConfig } from "./parse.ts";

function problemsOf(text: string): readonly Problem[] {
  const parsed = parseConfig(text);
  if (parsed.ok) throw new Error(`it was taken: ${JSON.stringify(parsed.value.value)}`);
  return parsed.problems;
}

function taken(text: string): unknown {
  const parsed = parseConfig(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value.value;
}

const twelve = `name: "a b"
component: {}
components:
  backend:
    path: ../elsewhere
    toolchain: poetry
    tests:
      unit:
        run: pytest
        timeout: 5 minutes
        retrys: 2
        blocking: maybe
services:
  db: { image: postgres }
image:
  port: 99999
  health: api/health
environments:
  production: { provider: heroku }
coverage: { minimum: 101 }
`;

describe("a config with twelve mistakes", () => {
  test("is answered by twelve findings, each with its place, code and mend", () => {
    const problems = problemsOf(twelve);
    expect(
      problems.map(
        ({ line, column, code }) => `${line}:${column} ${code.slice("GANTRY-CONFIG-".length)}`,
      ),
    ).toEqual([
      "1:1 INVALID-VALUE",
      "2:1 UNKNOWN-KEY",
      "5:5 INVALID-VALUE",
      "6:5 INVALID-VALUE",
      "10:9 INVALID-VALUE",
      "11:9 UNKNOWN-KEY",
      "12:9 WRONG-TYPE",
      "14:3 MISSING",
      "16:3 INVALID-VALUE",
      "17:3 INVALID-VALUE",
      "19:17 INVALID-VALUE",
      "20:13 INVALID-VALUE",
    ]);
    for (const problem of problems) {
      expect(problem.file).toBe("gantry.yaml");
      expect(catalogue[problem.code].exit).toBe(2);
      expect(problem.message.length).toBeGreaterThan(10);
      expect(problem.mend.length).toBeGreaterThan(5);
      expect(`${problem.message} ${problem.mend}`).not.toMatch(/undefined|\[object|ZodError/);
    }
  });

  test("each says what was found and what is allowed", () => {
    const text = problemsOf(twelve).map(({ message, mend }) => `${message} → ${mend}`);
    expect(text[1]).toMatch(/`component` is no key of the config.*write `components`/s);
    expect(text[3]).toMatch(/"poetry"`; allowed is `uv`, `pip`, `npm`, `pnpm`, `yarn`/);
    expect(text[5]).toMatch(/`retrys`.*write `retries`/s);
    expect(text[6]).toMatch(/"maybe"`; allowed is `true` or `false`/);
    expect(text[7]).toMatch(/`port` is missing/);
    expect(text[8]).toMatch(/`99999`; the most is 65535/);
  });
});

describe("places", () => {
  test.each([
    ["services: { db: { image: p, port: '5432' } }", "1:29"],
    ["components:\n  a:\n    tests:\n      unit:\n        secrets: [OK, 'no good']", "5:23"],
    ["components:\n  a:\n    quality:\n      lint:\n        - ruff check\n        - 7", "6:11"],
    ["# größe\nname: &n [x]\n", "2:1"],
    ["\ufeffnme: x", "1:2"],
    ["name: ok\r\nimage:\r\n  prot: 1\r\n", "3:3"],
  ])("%j is wrong at %s", (text, place) => {
    const [problem] = problemsOf(text);
    expect(`${problem?.line}:${problem?.column}`).toBe(place);
  });

  test("a value that an alias brings is located", () => {
    const text = "components:\n  a: &base\n    path: a\n    toolchian: uv\n  b: *base\n";
    const problems = problemsOf(text);
    expect(problems.map(({ line }) => line)).toEqual([4, 4]);
  });
});

describe("YAML that is off", () => {
  test.each([
    ["a duplicate key", "name: a\nname: b\n", "GANTRY-CONFIG-DUPLICATE-KEY", 2],
    ["a duplicate deeper down", "image:\n  port: 1\n  port: 2\n", "GANTRY-CONFIG-DUPLICATE-KEY", 3],
    ["a tab as indentation", "image:\n\tport: 1\n", "GANTRY-CONFIG-SYNTAX", 2],
    ["an open bracket", "components: { a: [1, 2\n", "GANTRY-CONFIG-SYNTAX", undefined],
    ["an unknown alias", "name: *nobody\n", "GANTRY-CONFIG-SYNTAX", 1],
    ["a second document", "name: a\n---\nname: b\n", "GANTRY-CONFIG-SYNTAX", 2],
    ["a tag that makes objects", "name: !!js/function 'x'\n", "GANTRY-CONFIG-SYNTAX", 1],
    [
      "merge conflict markers",
      "<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> x\n",
      "GANTRY-CONFIG-SYNTAX",
      undefined,
    ],
  ])("%s is refused with its place", (_, text, code, line) => {
    const problems = problemsOf(text);
    expect(problems[0]?.code).toBe(code);
    expect(problems[0]?.line).toBeGreaterThan(0);
    expect(problems[0]?.column).toBeGreaterThan(0);
    if (line) expect(problems[0]?.line).toBe(line);
    expect(problems[0]?.message).not.toContain("\n");
  });

  test("all mistakes of the syntax are said at once", () => {
    expect(problemsOf("name: a\nname: b\nimage: { port: 1, port: 2 }\n")).toHaveLength(2);
  });
});

describe("what is no config", () => {
  test.each([
    ["empty", ""],
    ["blank", "  \n\n"],
    ["only comments", "# to do\n"],
    ["only a document marker", "---\n"],
    ["null", "null\n"],
  ])("%s is refused, with a mend", (_, text) => {
    const [problem, ...others] = problemsOf(text);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: "GANTRY-CONFIG-UNREADABLE", line: 1, column: 1 });
    expect(problem?.message).toContain("empty");
    expect(problem?.mend).toMatch(/remove the file|gantry init/);
  });

  test.each([
    ["binary", "\u007fELF\u0001\0\0\0", "no UTF-8|not text"],
    ["of another encoding", "name: gr\uFFFD\uFFFDe", "no UTF-8"],
    ["UTF-16 read as UTF-8", "n\0a\0m\0e\0", "no UTF-8|not text"],
    ["huge", `name: ${"x".repeat(1024 * 1024)}`, "at most 1048576"],
  ])("%s is refused", (_, text, why) => {
    const [problem] = problemsOf(text);
    expect(problem?.code).toBe("GANTRY-CONFIG-UNREADABLE");
    expect(problem?.message).toMatch(new RegExp(why));
  });

  test.each([
    ["a list", "- a\n- b\n"],
    ["a word", "hello\n"],
    ["a number", "42\n"],
  ])("%s is refused as a whole", (_, text) => {
    const [problem] = problemsOf(text);
    expect(problem).toMatchObject({ code: "GANTRY-CONFIG-WRONG-TYPE", line: 1, column: 1 });
  });
});

describe("input that would blow up", () => {
  test("an alias inside its own value is refused", () => {
    const text = "components: &loop\n  a:\n    env: *loop\n";
    expect(problemsOf(text)[0]).toMatchObject({ code: "GANTRY-CONFIG-CYCLE", line: 3, column: 10 });
  });

  test("a billion laughs are refused", () => {
    const lines = ["l0: &l0 [ha, ha]"];
    for (let n = 1; n < 30; n += 1) lines.push(`l${n}: &l${n} [*l${n - 1}, *l${n - 1}]`);
    const [problem] = problemsOf(lines.join("\n"));
    expect(problem?.code).toBe("GANTRY-CONFIG-CYCLE");
  });

  test("many aliases are refused by their number", () => {
    const text = `name: &n x\nbranches:\n${Array.from({ length: 200 }, (_, n) => `  b${n}: { a: *n }`).join("\n")}`;
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain("more than 100 aliases");
  });

  test("deep nesting is refused or taken, but never crashes", () => {
    const deep = `components: ${"{ a: ".repeat(5000)}1${" }".repeat(5000)}`;
    expect(problemsOf(deep)[0]?.line).toBe(1);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"])(
    "the key %s is a key like any other",
    (key) => {
      const [problem] = problemsOf(`${key}: { polluted: true }\n`);
      expect(problem?.code).toBe("GANTRY-CONFIG-UNKNOWN-KEY");
      expect(problem?.message).toContain(key);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  test.each(["constructor", "toString", "hasOwnProperty"])(
    "a component may be called %s",
    (key) => {
      const value = taken(`components:\n  ${key}: { path: a, toolchain: uv }\n`);
      expect(Object.keys((value as { components: object }).components)).toEqual([key]);
    },
  );
});

describe("what is taken", () => {
  test("numbers and booleans as values of variables are text", () => {
    const value = taken(
      "components:\n  a:\n    env: { PORT: 8080, RATIO: 1.50, DEBUG: true, NAME: x, VERSION: '3.10' }\n",
    );
    expect(value).toMatchObject({
      components: { a: { env: { PORT: "8080", DEBUG: "true", NAME: "x", VERSION: "3.10" } } },
    });
  });

  test("a number keeps the digits that were written", () => {
    const value = taken(
      "components:\n  a:\n    env: { A: 1.50, B: 0x1F, C: 12345678901234567890, D: 1e3, E: 010, F: 3.10 }\n",
    );
    expect(value).toMatchObject({
      components: {
        a: {
          env: { A: "1.50", B: "0x1F", C: "12345678901234567890", D: "1e3", E: "010", F: "3.10" },
        },
      },
    });
  });

  test("a Python version may be written as a number", () => {
    const value = taken("components:\n  a: { python: 3.10, node: 24 }\n");
    expect(value).toMatchObject({ components: { a: { python: "3.10", node: "24" } } });
  });

  test("windows line ends, a byte order mark and comments", () => {
    expect(taken("\ufeff# a\r\nname: rose\r\nimage: false\r\n")).toEqual({
      name: "rose",
      image: false,
    });
  });

  test("aliases and merge keys that repeat a value", () => {
    const text = "components:\n  a: { path: a, env: &e { X: '1' } }\n  b: { path: b, env: *e }\n";
    expect(taken(text)).toMatchObject({ components: { b: { env: { X: "1" } } } });
  });

  test("a key without a value is refused where something is wanted, with its place", () => {
    const problems = problemsOf("components:\nservices:\n  db:\n");
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [1, "GANTRY-CONFIG-WRONG-TYPE"],
      [3, "GANTRY-CONFIG-WRONG-TYPE"],
    ]);
    expect(problems[0]?.message).toContain("empty");
  });
});
