import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlaceOptions } from "../place.ts";
import { createFindingCollector } from "./collector.ts";

function collect(text: string, options: PlaceOptions = {}) {
  const collector = createFindingCollector(options);
  collector.push(text);
  return collector.end();
}

const ruff = { tool: "ruff", severity: "error" };

const cases = [
  {
    tool: "ruff, concise",
    text: "src/app/core.py:1:8: F401 [*] `os` imported but unused\nFound 5 errors.\n[*] 5 fixable with `--fix`.",
    expected: [
      {
        ...ruff,
        file: "src/app/core.py",
        line: 1,
        column: 8,
        rule: "F401",
        message: "`os` imported but unused",
      },
    ],
  },
  {
    tool: "ruff, full",
    text: `F401 [*] \`os\` imported but unused
 --> src/app/core.py:1:8
  |
1 | import os
  |        ^^
help: Remove unused import: \`os\`

invalid-syntax: Expected a parameter
 --> bad.py:1:7
  |
1 | def x(:
  |       ^

Found 2 errors.`,
    expected: [
      {
        ...ruff,
        file: "src/app/core.py",
        line: 1,
        column: 8,
        rule: "F401",
        message: "`os` imported but unused",
      },
      {
        ...ruff,
        file: "bad.py",
        line: 1,
        column: 7,
        rule: "invalid-syntax",
        message: "Expected a parameter",
      },
    ],
  },
  {
    tool: "ruff, in colours",
    text: "\u001b[1m\u001b[91mF401 \u001b[0m[\u001b[96m*\u001b[0m] unused\n \u001b[1m\u001b[94m--> \u001b[0mbad.py:1:7\n",
    expected: [{ ...ruff, file: "bad.py", line: 1, column: 7, rule: "F401", message: "unused" }],
  },
  {
    tool: "ruff format, once",
    text: "Would reformat: src/app/core.py\n1 file would be reformatted, 1 file already formatted",
    expected: [
      {
        ...ruff,
        file: "src/app/core.py",
        line: 1,
        rule: "format",
        message: "would be reformatted",
      },
    ],
  },
  {
    tool: "ruff format, now",
    text: "unformatted: File would be reformatted\n  --> src/app/core.py:2:1\n   |\n1  | import os\n2  +\n",
    expected: [
      {
        ...ruff,
        file: "src/app/core.py",
        line: 2,
        column: 1,
        rule: "format",
        message: "File would be reformatted",
      },
    ],
  },
  {
    tool: "ruff format, concise",
    text: "src/app/core.py:2:1: unformatted: File would be reformatted",
    expected: [
      {
        ...ruff,
        file: "src/app/core.py",
        line: 2,
        column: 1,
        rule: "format",
        message: "File would be reformatted",
      },
    ],
  },
  {
    tool: "pytest, which could not load",
    text: `ImportError while loading conftest '/w/tests/conftest.py'.
tests/conftest.py:8: in <module>
    from app.client import Client
app/client.py:51: in <module>
    Portal = anyio.abc.BlockingPortal
.venv/lib/python3.11/site-packages/anyio/_lazyimport.py:35: in __getattr__
    warnings.warn(
E   DeprecationWarning: the alias is deprecated
E   and more of it`,
    expected: [
      {
        tool: "pytest",
        severity: "error",
        file: "app/client.py",
        line: 51,
        message: "DeprecationWarning: the alias is deprecated",
      },
    ],
  },
  {
    tool: "mypy",
    text: 'src/a.py:13: error: Incompatible return value type (got "int", expected "str")  [return-value]\nsrc/a.py:13: note: see there\nFound 1 error in 1 file (checked 2 source files)',
    expected: [
      {
        tool: "mypy",
        severity: "error",
        file: "src/a.py",
        line: 13,
        rule: "return-value",
        message: 'Incompatible return value type (got "int", expected "str")',
      },
    ],
  },
  {
    tool: "mypy, pretty",
    text: 'src/a.py:13:4: error: Incompatible return value type (got "int", expected\n"str")  [return-value]\n        return x\n               ^\nFound 1 error in 1 file',
    expected: [
      {
        tool: "mypy",
        severity: "error",
        file: "src/a.py",
        line: 13,
        column: 4,
        rule: "return-value",
        message: 'Incompatible return value type (got "int", expected "str")',
      },
    ],
  },
  {
    tool: "tsc",
    text: "src/bad.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.",
    expected: [
      {
        tool: "tsc",
        severity: "error",
        file: "src/bad.ts",
        line: 1,
        column: 14,
        rule: "TS2322",
        message: "Type 'string' is not assignable to type 'number'.",
      },
    ],
  },
  {
    tool: "tsc, pretty",
    text: "\u001b[96msrc/bad.ts\u001b[0m:\u001b[93m3\u001b[0m:\u001b[93m41\u001b[0m - \u001b[91merror\u001b[0m\u001b[90m TS2339: \u001b[0mNo 'nope'.\n\n\u001b[7m3\u001b[0m export function\n",
    expected: [
      {
        tool: "tsc",
        severity: "error",
        file: "src/bad.ts",
        line: 3,
        column: 41,
        rule: "TS2339",
        message: "No 'nope'.",
      },
    ],
  },
  {
    tool: "eslint",
    text: "\n/w/src/a.js\n  1:1   error    'x' is not defined       no-undef\n  2:10  warning  Unexpected  console  statement  @scope/no-console\n\n✖ 2 problems (1 error, 1 warning)\n",
    options: { strip: ["/w"] },
    expected: [
      {
        tool: "eslint",
        severity: "error",
        file: "src/a.js",
        line: 1,
        column: 1,
        rule: "no-undef",
        message: "'x' is not defined",
      },
      {
        tool: "eslint",
        severity: "warning",
        file: "src/a.js",
        line: 2,
        column: 10,
        rule: "@scope/no-console",
        message: "Unexpected  console  statement",
      },
    ],
  },
  {
    tool: "prettier",
    text: "Checking formatting...\n[warn] src/b.ts\n[error] src/broken.js: SyntaxError: Unexpected token (2:1)\n[error]   1 | const x = {\n[warn] Code style issues found in 4 files. Run Prettier with --write to fix.",
    expected: [
      {
        tool: "prettier",
        severity: "error",
        file: "src/b.ts",
        line: 1,
        rule: "format",
        message: "is not formatted as prettier would",
      },
      {
        tool: "prettier",
        severity: "error",
        file: "src/broken.js",
        line: 2,
        column: 1,
        rule: "format",
        message: "SyntaxError: Unexpected token",
      },
    ],
  },
  {
    tool: "biome",
    text: `src/bad.ts:2:7 lint/correctness/noUnusedVariables  FIXABLE  ━━━━━━━━━━━━━━

  ! This variable unused is unused.
  
  > 2 │ const unused = 1;
  i Unsafe fix: If this is intentional, prepend unused with an underscore.

src/b.test.js format ━━━━━━━━━━━━━━━━━━

  × Formatter would have printed the following content:

lint ━━━━━━━━━━━━━━━

  × Some errors were emitted while running checks.
`,
    expected: [
      {
        tool: "biome",
        severity: "warning",
        file: "src/bad.ts",
        line: 2,
        column: 7,
        rule: "lint/correctness/noUnusedVariables",
        message: "This variable unused is unused.",
      },
      {
        tool: "biome",
        severity: "error",
        file: "src/b.test.js",
        line: 1,
        rule: "format",
        message: "is not formatted as biome would",
      },
    ],
  },
  {
    tool: "vite with rollup",
    text: 'error during build:\nsrc/main.ts (2:9): "foo" is not exported by "src/b.ts", imported by "src/main.ts".\nfile: /w/src/main.ts:2:9\n',
    options: { strip: ["/w"] },
    expected: [
      {
        tool: "vite",
        severity: "error",
        file: "src/main.ts",
        line: 2,
        column: 9,
        message: '"foo" is not exported by "src/b.ts", imported by "src/main.ts".',
      },
    ],
  },
  {
    tool: "vite with rolldown",
    text: "Build failed with 1 error:\n\n[UNRESOLVED_IMPORT] Error: Could not resolve './x' in src/main.ts\n   ╭─[ src/main.ts:1:15 ]\n",
    expected: [
      {
        tool: "vite",
        severity: "error",
        file: "src/main.ts",
        line: 1,
        column: 15,
        message: "Could not resolve './x' in src/main.ts",
      },
    ],
  },
  {
    tool: "esbuild in vite",
    text: '[vite:esbuild] Transform failed with 1 error:\n/w/src/main.ts:3:10: ERROR: Expected ")" but found ";"\nfile: /w/src/main.ts:3:10\n',
    options: { strip: ["/w"] },
    expected: [
      {
        severity: "error",
        file: "src/main.ts",
        line: 3,
        column: 10,
        message: 'Expected ")" but found ";"',
      },
    ],
  },
  {
    tool: "docker",
    text: `Dockerfile:12
--------------------
  11 |     COPY . .
  12 | >>> RUN npm run build
  13 |     
--------------------
ERROR: failed to solve: process "/bin/sh -c npm run build" did not complete successfully: exit code: 1
`,
    expected: [
      {
        tool: "docker",
        severity: "error",
        file: "Dockerfile",
        line: 12,
        message:
          'RUN npm run build failed: process "/bin/sh -c npm run build" did not complete successfully: exit code: 1',
      },
    ],
  },
  {
    tool: "docker, not readable",
    text: "ERROR: failed to solve: dockerfile parse error on line 3: unknown instruction: FOO",
    expected: [
      {
        tool: "docker",
        severity: "error",
        file: "Dockerfile",
        line: 3,
        message: "unknown instruction: FOO",
      },
    ],
  },
  {
    tool: "docker without BuildKit",
    text: "Error response from daemon: dockerfile parse error line 3: unknown instruction: FOO",
    expected: [
      {
        tool: "docker",
        severity: "error",
        file: "Dockerfile",
        line: 3,
        message: "unknown instruction: FOO",
      },
    ],
  },
  {
    tool: "hadolint",
    text: "Dockerfile:3 DL3008 warning: Pin versions in apt get install",
    expected: [
      {
        severity: "warning",
        file: "Dockerfile",
        line: 3,
        rule: "DL3008",
        message: "Pin versions in apt get install",
      },
    ],
  },
  {
    tool: "shellcheck, gcc's form",
    text: "run.sh:3:5: warning: Quote this to prevent splitting. [SC2086]",
    expected: [
      {
        severity: "warning",
        file: "run.sh",
        line: 3,
        column: 5,
        rule: "SC2086",
        message: "Quote this to prevent splitting.",
      },
    ],
  },
  {
    tool: "flake8",
    text: "src/a.py:3:1: E501 line too long (80 > 79 characters)",
    expected: [
      {
        ...ruff,
        file: "src/a.py",
        line: 3,
        column: 1,
        rule: "E501",
        message: "line too long (80 > 79 characters)",
      },
    ],
  },
  {
    tool: "GitHub's workflow commands",
    text: "::error file=src/a.ts,line=2,endLine=2,col=7,title=lint/x::100%25 wrong%0Aindeed",
    expected: [
      {
        severity: "error",
        file: "src/a.ts",
        line: 2,
        column: 7,
        rule: "lint/x",
        message: "100% wrong indeed",
      },
    ],
  },
  {
    tool: "a Windows path",
    text: "C:\\w\\src\\a.py:3:1: something",
    options: { strip: ["C:\\w"] },
    expected: [{ severity: "error", file: "src/a.py", line: 3, column: 1, message: "something" }],
  },
] as const;

describe("createFindingCollector", () => {
  it.each(cases)("reads $tool", ({ text, expected, ...rest }) => {
    expect(collect(text, "options" in rest ? rest.options : {})).toEqual(expected);
  });

  it.each([
    "12:30:45: started",
    "2026-11-23T12:30:45: started",
    "http://host:80: refused",
    "https://example.com/a.js:80: refused",
    "example.com:443: connection refused",
    "127.0.0.1:8080: refused",
    "localhost:5432: refused",
    "ratio 3:4: fine",
    "Found 1 error in 1 file (checked 2 source files)",
    "    at foo (src/a.ts:1:2)",
    "[warn] something else",
    "  3:5  error  no file above  rule",
    "lodash@4.17.21: deprecated",
  ])("finds nothing in %j", (text) => {
    expect(collect(text)).toEqual([]);
  });

  it("puts the tool's folder before its names and takes known files at their word", () => {
    const files = new Set(["frontend/src/a.ts", "Makefile"]);
    expect(
      collect("src/a.ts:1:2: wrong\nMakefile:3: *** missing separator.  Stop.", {
        files,
        directory: "frontend",
      }).map(({ file, line }) => ({ file, line })),
    ).toEqual([
      { file: "frontend/src/a.ts", line: 1 },
      { file: "Makefile", line: 3 },
    ]);
  });

  it("leaves out what is outside the repository", () => {
    const options = { files: new Set(["src/a.py"]), strip: ["/w"] };
    expect(collect("/usr/lib/python3/x.py:3: DeprecationWarning: old", options)).toEqual([]);
  });

  it("says the same thing once", () => {
    expect(collect("a.py:1:1: E1 x\na.py:1:1: E1 x\n")).toHaveLength(1);
  });

  it("keeps at most 1000 findings, with messages of readable length", () => {
    const line = (n: number) => `a.py:${n}:1: F401 ${"long ".repeat(300)}\n`;
    const findings = collect(Array.from({ length: 1500 }, (_, n) => line(n + 1)).join(""));
    expect(findings).toHaveLength(1000);
    expect(Math.max(...findings.map(({ message }) => message.length))).toBeLessThanOrEqual(500);
  });

  it("survives a line that never ends", () => {
    const collector = createFindingCollector();
    for (let i = 0; i < 200; i += 1) collector.push("x".repeat(100_000));
    collector.push("\na.py:1:1: F401 here\n");
    expect(collector.end()).toHaveLength(1);
  });

  it("reads each state of a progress bar", () => {
    expect(collect("10%\r20%\ra.py:1:1: F401 here\r\n")).toHaveLength(1);
  });
});

const telling = fc.oneof(
  fc.constantFrom(...cases.map(({ text }) => `${text}\n`)),
  fc.string({ maxLength: 40 }),
  fc.constantFrom("\r\n", "\n", "\u001b[31m", "a.py:1:2: ", "  3:5  error  x  y\n", ": error: "),
);

describe("any output", () => {
  it("gives the same findings in any pieces", () => {
    fc.assert(
      fc.property(
        fc.array(telling, { maxLength: 12 }),
        fc.array(fc.nat(60), { maxLength: 30 }),
        (parts, cuts) => {
          const text = parts.join("");
          const collector = createFindingCollector();
          let rest = text;
          for (const cut of cuts) {
            collector.push(rest.slice(0, cut));
            rest = rest.slice(cut);
          }
          collector.push(rest);
          expect(collector.end()).toEqual(collect(text));
        },
      ),
    );
  });

  it("never throws and never names a place that is none", () => {
    fc.assert(
      fc.property(fc.array(telling), (parts) => {
        for (const finding of collect(parts.join(""), { directory: "a", strip: ["/w"] })) {
          expect(finding.file).not.toMatch(/^\/|(?:^|\/)\.\.(?:\/|$)/);
          expect(finding.line).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
