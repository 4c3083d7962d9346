import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinWords, splitWords } from "./words.ts";

function words(line: string): readonly string[] | string {
  const split = splitWords(line);
  return split.ok ? split.value : (split.problems[0]?.message ?? "");
}

const word = fc.string({ unit: "binary", maxLength: 12 }).filter((text) => !text.includes("\0"));
const someWords = fc
  .array(word, { minLength: 1, maxLength: 5 })
  .map((list) => list as [string, ...string[]]);

describe("splitWords", () => {
  test.each([
    ["ruff check .", ["ruff", "check", "."]],
    ["  pytest   tests/unit\t-n auto ", ["pytest", "tests/unit", "-n", "auto"]],
    ['pytest -m "not slow"', ["pytest", "-m", "not slow"]],
    ["pytest -m 'not slow'", ["pytest", "-m", "not slow"]],
    ["say \"\" ''", ["say", "", ""]],
    ["a\\ b c", ["a b", "c"]],
    ['"a\\"b" "a\\nb" "a\\\\b"', ['a"b', "a\\nb", "a\\b"]],
    ["'a\\b'", ["a\\b"]],
    ["pre'mid'\"post\"", ["premidpost"]],
    ["echo 'a | b; c > d && e $(f) `g`'", ["echo", "a | b; c > d && e $(f) `g`"]],
    [
      "pytest tests/test_deployment.py::TestDeployedInstance -v",
      ["pytest", "tests/test_deployment.py::TestDeployedInstance", "-v"],
    ],
    ["echo $HOME *.py ~ #no", ["echo", "$HOME", "*.py", "~", "#no"]],
    ["echo größe 日本", ["echo", "größe", "日本"]],
  ])("%s", (line, expected) => {
    expect(words(line)).toEqual(expected);
  });

  test.each([
    ["a | b", "`|` needs a shell"],
    ["a && b", "`&` needs a shell"],
    ["a; b", "`;` needs a shell"],
    ["a > f", "`>` needs a shell"],
    ["a < f", "`<` needs a shell"],
    ["(a)", "`(` needs a shell"],
    ["echo `id`", "`\u0060` needs a shell"],
    ["echo $(id)", "`(` needs a shell"],
    ["a\nb", "a command is one line"],
    ["a\r\nb", "a command is one line"],
    ["a\0b", "NUL"],
    ['a "b', 'the quote " is never closed'],
    ["a 'b", "the quote ' is never closed"],
    ["a \\", "lone backslash"],
    ["", "it is empty"],
    ["   ", "it is empty"],
  ])("refuses %j", (line, why) => {
    const split = splitWords(line);
    expect(split).toMatchObject({ ok: false, problems: [{ code: "GANTRY-CONFIG-COMMAND" }] });
    expect(words(line)).toContain(why);
  });
});

describe("joinWords", () => {
  test("splits back into the same words", () => {
    fc.assert(
      fc.property(someWords, (list) => {
        fc.pre(!list.some((text) => text.includes("\0")));
        expect(words(joinWords(list))).toEqual(list);
      }),
    );
  });

  test("is read in the same way by a real shell", () => {
    const list = [
      "a b",
      "it's",
      '"q"',
      "$HOME",
      "`id`",
      "*",
      "~",
      "",
      "#x",
      "a\\b",
      "a\nb",
      "é",
      "-n",
      "!x",
    ];
    const script = `printf '%s\\0' ${joinWords(list)}`;
    const shown = execFileSync("sh", ["-c", script], { encoding: "utf8" });
    expect(shown.split("\0").slice(0, -1)).toEqual(list);
  });

  test("leaves plain words as they are", () => {
    expect(joinWords(["ruff", "check", "--select=E,W", "src/app.py:3"])).toBe(
      "ruff check --select=E,W src/app.py:3",
    );
  });
});
