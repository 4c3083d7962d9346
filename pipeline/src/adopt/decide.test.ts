import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleFacts } from "../../test/builders/adoption.ts";
import { type Decision, decide } from "./decide.ts";
import type { Wanted } from "./wanted.ts";
import { wantedFiles } from "./wanted-files.ts";

const wanted = wantedFiles(sampleFacts());
const find = (path: string): Wanted => {
  const found = wanted.find((file) => file.path === path);
  if (!found) throw new Error(`${path} is not wanted`);
  return found;
};
const decided = (
  path: string,
  before: string | undefined,
  files: string[] = [],
  forced: string[] = [],
): Decision => decide(find(path), { files, text: () => before }, new Set(forced));
const textOf = (decision: Decision): string => ("text" in decision ? decision.text : "");

/** Whether all lines of one text stand in another, in their order. */
function holds(text: string, lines: string): boolean {
  const rest = text.split(/\r?\n/);
  return lines.split(/\r?\n/).every((line) => {
    const at = rest.indexOf(line);
    if (at < 0) return false;
    rest.splice(0, at + 1);
    return true;
  });
}

const page = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "# Title",
        "Title",
        "=====",
        "",
        "text",
        ".env",
        "*.log",
        "<!-- gantry:badges -->",
        "<!-- /gantry:badges -->",
      ),
      fc.string(),
    ),
    { maxLength: 12 },
  )
  .chain((lines) => fc.constantFrom("\n", "\r\n").map((end) => lines.join(end)));

describe("whatever stands there", () => {
  test.each(["README.md", ".gitignore"])(
    "%s is completed without losing a line, and a second time is left alone",
    (path) => {
      fc.assert(
        fc.property(page, (before) => {
          const first = decided(path, before);
          if (first.kind !== "merge") return;
          expect(holds(first.text, before)).toBe(true);
          expect(decided(path, first.text)).toEqual({ kind: "same", path });
        }),
        { numRuns: 500 },
      );
    },
  );

  test("nothing that exists is written over, unless it is named", () => {
    fc.assert(
      fc.property(fc.constantFrom(...wanted), page, (file, before) => {
        const decision = decide(file, { files: [file.path], text: () => before }, new Set());
        expect(["merge", "differs", "same", "theirs"]).toContain(decision.kind);
      }),
    );
  });

  test("what was written is the same when it is looked at again, also with other ends of lines", () => {
    for (const file of wanted) {
      const made = decide(file, { files: [], text: () => undefined }, new Set());
      expect(made.kind).toBe("create");
      for (const text of [textOf(made), textOf(made).replaceAll("\n", "\r\n")]) {
        const again = decide(file, { files: [file.path], text: () => text }, new Set());
        expect(again).toEqual({ kind: "same", path: file.path });
      }
    }
  });
});

describe("a file that is there", () => {
  test("differs: it is shown, and replaced only by name", () => {
    expect(decided("CONTRIBUTING.md", "# Ours\n").kind).toBe("differs");
    expect(decided("CONTRIBUTING.md", "# Ours\n", [], ["CONTRIBUTING.md"]).kind).toBe("replace");
  });

  test("elsewhere or in other letters: it is theirs", () => {
    expect(decided("CONTRIBUTING.md", undefined, ["docs/contributing.md"])).toEqual({
      kind: "theirs",
      path: "CONTRIBUTING.md",
      place: "docs/contributing.md",
    });
    expect(
      decided(".github/ISSUE_TEMPLATE/bug.yml", undefined, [".github/ISSUE_TEMPLATE/bug_report.md"])
        .kind,
    ).toBe("theirs");
    for (const single of [".github/ISSUE_TEMPLATE", "issue_template.md", "ISSUE_TEMPLATE/a.md"]) {
      expect(decided(".github/ISSUE_TEMPLATE/bug.yml", undefined, [single]).kind).toBe("theirs");
    }
    expect(decided("README.md", undefined, ["README.rst"]).kind).toBe("theirs");
    const settings = [".github/ISSUE_TEMPLATE/config.yml"];
    expect(decided(".github/ISSUE_TEMPLATE/bug.yml", undefined, settings).kind).toBe("create");
    expect(decided("docs/BRANCH_STRATEGY.md", undefined, ["docs/branches.md"]).kind).toBe("create");
  });

  test("CODEOWNERS and gantry.yaml are theirs once they are there", () => {
    expect(decided(".github/CODEOWNERS", "* @somebody\n").kind).toBe("theirs");
    expect(decided("gantry.yaml", "name: other\n").kind).toBe("theirs");
  });
});

describe("the README's badges", () => {
  const inserted = (before: string): string => textOf(decided("README.md", before));
  test("stand below the title, however it is written", () => {
    expect(inserted("# App\n\nText\n")).toMatch(
      /^# App\n\n<!-- gantry:badges -->\n[\s\S]*<!-- \/gantry:badges -->\n\nText\n$/,
    );
    expect(inserted("App\n===\nText\n")).toMatch(/^App\n===\n\n<!-- gantry:badges -->/);
  });

  test("stand on top where there is no title", () => {
    expect(inserted("<p align=center>\n")).toMatch(
      /^<!-- gantry:badges -->[\s\S]*\n\n<p align=center>\n$/,
    );
  });

  test("that somebody changed are shown, not written over", () => {
    const changed = inserted("# App\n").replace("badge.svg", "other.svg");
    expect(decided("README.md", changed).kind).toBe("differs");
  });
});

describe(".gitignore", () => {
  test("gets only what is missing, however it is written", () => {
    expect(textOf(decided(".gitignore", "*.log"))).toBe("*.log\n.env\n.gantry/\n");
    expect(textOf(decided(".gitignore", "/.env\r\n"))).toBe("/.env\r\n.gantry/\r\n");
    expect(decided(".gitignore", ".env\n.gantry\n").kind).toBe("same");
    expect(decided(".gitignore", ".env.local\n.gantry\n").kind).toBe("merge");
  });
});
