import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Outcome, Run } from "../../src/execute/run.ts";
import { createScratch, gantry, type Scratch, stageOf } from "./scratch.ts";

/** Copies of the example, each broken in one way: the right outcome, exit code, place and mend. */
interface Broken {
  readonly name: string;
  readonly harm: (scratch: Scratch) => Promise<void>;
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stage: string;
  readonly outcome: Outcome;
  readonly exit: number;
  /** What a person must find on the screen. */
  readonly says: readonly (string | RegExp)[];
}

const unit = ["run", "unit-tests", "--skip", "code-quality"];
const smoke = ["run", "smoke-tests", "--skip", "code-quality,unit-tests"];
const quality = ["run", "code-quality"];

const broken: readonly Broken[] = [
  {
    name: "a lint finding",
    harm: (s) => s.write("src/rose/unused.py", '"""Unused."""\n\nimport os\n'),
    words: quality,
    stage: "code-quality",
    outcome: "failed",
    exit: 1,
    says: ["src/rose/unused.py:3:8", "F401"],
  },
  {
    name: "a file that is not formatted",
    harm: (s) => s.write("src/rose/wide.py", '"""Wide."""\n\nX    =    1\n'),
    words: quality,
    stage: "code-quality",
    outcome: "failed",
    exit: 1,
    says: ["src/rose/wide.py", "ruff format"],
  },
  {
    name: "a type error",
    harm: (s) => s.write("src/rose/typed.py", '"""Typed."""\n\nNUMBER: int = "one"\n'),
    words: quality,
    stage: "code-quality",
    outcome: "failed",
    exit: 1,
    says: ["src/rose/typed.py:3", "Incompatible types"],
  },
  {
    name: "a front end that does not build",
    harm: (s) => s.replace("frontend/src/main.ts", "import", 'import "./missing.ts";\nimport'),
    words: quality,
    stage: "code-quality",
    outcome: "failed",
    exit: 1,
    says: ["frontend/src/main.ts", /missing|Cannot find/],
  },
  {
    name: "a failing test",
    harm: (s) =>
      s.write("tests/unit/test_wrong.py", "def test_wrong() -> None:\n    assert 1 == 2\n"),
    words: unit,
    stage: "unit-tests",
    outcome: "failed",
    exit: 1,
    says: ["tests/unit/test_wrong.py", "test_wrong", "assert 1 == 2", "gantry run unit-tests"],
  },
  {
    name: "too little coverage",
    harm: (s) => s.write("src/rose/big.py", bigModule()),
    words: unit,
    stage: "unit-tests",
    outcome: "coverage-below",
    exit: 1,
    says: [/coverage [\d.]+% < 70%/, "src/rose/big.py"],
  },
  {
    name: "no tests at all",
    harm: (s) =>
      s.replace(
        "gantry.yaml",
        "run: pytest tests/unit -n auto",
        "run: pytest tests/unit -k nothing_has_this_name",
      ),
    words: unit,
    stage: "unit-tests",
    outcome: "no-tests",
    exit: 1,
    says: [/no tests/],
  },
  {
    name: "a test that hangs",
    harm: async (s) => {
      await s.write(
        "tests/unit/test_hang.py",
        "import time\n\n\ndef test_hang() -> None:\n    time.sleep(600)\n",
      );
      await s.replace(
        "gantry.yaml",
        "run: pytest tests/unit -n auto",
        "run: pytest tests/unit/test_hang.py",
      );
      await s.replace("gantry.yaml", "timeout: 5m", "timeout: 3s");
    },
    words: unit,
    stage: "unit-tests",
    outcome: "timed-out",
    exit: 1,
    says: [/still running after 3 s/, "timeout"],
  },
  {
    name: "a flaky test",
    harm: (s) => s.write("tests/unit/test_flaky.py", flakyTest()),
    words: unit,
    stage: "unit-tests",
    outcome: "passed",
    exit: 0,
    says: [/flaky/i, "test_now_and_then"],
  },
  {
    name: "a health endpoint that answers 500",
    harm: async (s) => {
      await s.write("src/rose/__main__.py", brokenHealth());
      await s.replace("gantry.yaml", "startup: 20s", "startup: 5s");
      // The example's own tests start it three times, and wait for the same answer.
      await s.replace("tests/running.py", "START_SECONDS = 20", "START_SECONDS = 2");
    },
    words: smoke,
    stage: "smoke-tests",
    outcome: "failed",
    exit: 1,
    says: ["GET /api/health", "status 500"],
  },
  {
    name: "an endpoint with another answer",
    harm: (s) => s.replace("gantry.yaml", "session_id: string", "session_id: number"),
    words: smoke,
    stage: "smoke-tests",
    outcome: "failed",
    exit: 1,
    says: ["GET /api/session/start", "session_id", 'expected "number"'],
  },
  {
    name: "a failing integration test: shown red, and the pipeline goes on",
    harm: async (s) => {
      await s.write(
        "tests/integration/test_wrong.py",
        "def test_wrong() -> None:\n    assert sorted([2]) == [1]\n",
      );
      await s.replace("gantry.yaml", "for: [integration]", "for: [unit]");
      await s.replace(
        "gantry.yaml",
        'run: pytest tests/integration -m "not slow"',
        "run: pytest tests/integration/test_wrong.py",
      );
    },
    words: ["run", "integration-tests", "code-quality"],
    env: { GROQ_API_KEY: "gsk_e2e_value_of_a_key" },
    stage: "integration-tests",
    outcome: "failed",
    exit: 0,
    says: ["tests/integration/test_wrong.py", /does not block|not blocking/],
  },
  {
    name: "a missing secret",
    harm: async () => undefined,
    words: ["run", "integration-tests", "code-quality"],
    env: { GROQ_API_KEY: "" },
    stage: "integration-tests",
    outcome: "skipped",
    exit: 0,
    says: ["GROQ_API_KEY"],
  },
];

describe("a broken copy of the example", { timeout: 300_000 }, () => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await createScratch();
  });
  afterEach(() => scratch.mend());
  afterAll(() => scratch.remove());

  it.each(broken)("$name", async ({ harm, words, env, stage, outcome, exit, says }) => {
    await harm(scratch);
    const [command = "ci", ...rest] = words;
    const end = await gantry([command, "-C", scratch.folder, "--json", ...rest], env);
    const run = JSON.parse(end.stdout) as Run;
    expect({ outcome: stageOf(run, stage).outcome, exit: end.exit }, end.stderr).toEqual({
      outcome,
      exit,
    });
    for (const words of says) expect(end.stderr).toMatch(words);
  });
});

/** A module that no test reaches, large enough to pull the total below seventy percent. */
function bigModule(): string {
  const functions = Array.from({ length: 260 }, (_, n) => `def f${n}() -> int:\n    return ${n}\n`);
  return `"""Big."""\n\n${functions.join("\n\n")}`;
}

function flakyTest(): string {
  return [
    "from pathlib import Path",
    "",
    "",
    "def test_now_and_then() -> None:",
    '    mark = Path("flaky.mark")',
    "    seen = mark.exists()",
    "    mark.touch()",
    "    assert seen",
    "",
  ].join("\n");
}

function brokenHealth(): string {
  return [
    '"""Answers 500."""',
    "",
    "import http.server",
    "import os",
    "",
    "",
    "class Handler(http.server.BaseHTTPRequestHandler):",
    "    def do_GET(self) -> None:",
    "        self.send_response(500)",
    "        self.end_headers()",
    "",
    "",
    'http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()',
    "",
  ].join("\n");
}
