import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UpdateReport } from "./report.ts";
import { reportText } from "./report-text.ts";
import { requestBody, requestTitle } from "./request-text.ts";

const update = {
  name: "fastapi",
  ecosystem: "python",
  from: "0.1.0",
  to: "0.2.0",
  kind: "minor",
  direct: true,
  origin: "registry",
  lock: "uv.lock",
  components: ["back"],
  notes: "https://a.test/notes",
} as const;

function report(given: Partial<UpdateReport> = {}): UpdateReport {
  return {
    verdict: "updated",
    base: "develop",
    commit: "a".repeat(40),
    updates: [update],
    leftOut: [],
    beyond: [],
    notChecked: [],
    notHandled: [],
    runs: 1,
    stages: ["unit-tests"],
    files: [],
    warnings: [],
    ...given,
  };
}

describe("the words of the request", () => {
  it("name one package, or count several", () => {
    expect(requestTitle(report())).toBe("build(deps): update fastapi");
    const updates = [update, { ...update, name: "redis" }];
    expect(requestTitle(report({ updates }))).toBe("build(deps): update 2 packages");
    const come = { ...update, name: "redis", kind: "added" } as const;
    const { from: _, ...added } = come;
    expect(requestTitle(report({ updates: [update, added] }))).toBe("build(deps): update fastapi");
  });

  it("have the table, what was left out and why, and what to click", () => {
    const leftOut = [{ ...update, name: "beta", why: "breaks", reason: "test_a fails" } as const];
    const body = requestBody(report({ leftOut }), "press **Approve**");
    expect(body).toContain(
      "| fastapi | 0.1.0 | 0.2.0 | minor | directly | [notes](https://a.test/notes) |",
    );
    expect(body).toContain("| beta | 0.1.0 | 0.2.0 | minor | uv.lock | test&#95;a fails |");
    expect(body).toContain("> press **Approve**");
  });

  it("let nothing from outside act", () => {
    const sharp = fc.string({ unit: fc.constantFrom("|", "`", "\n", "@a", "<b>", "[x](y)", "a") });
    fc.assert(
      fc.property(sharp, sharp, (name, reason) => {
        const updates = [{ ...update, name }];
        const body = requestBody(
          report({ updates, leftOut: [{ ...update, why: "breaks", reason }] }),
          undefined,
        );
        const rows = body.split("\n").filter((line) => line.startsWith("|"));
        expect(rows).toHaveLength(6);
        expect(rows.map((row) => row.split("|").length)).toEqual([8, 8, 8, 8, 8, 8]);
        expect(body).not.toMatch(/@a|<b>|\[x\]/);
      }),
    );
  });

  it("fit into what GitHub takes", () => {
    const updates = Array.from({ length: 2000 }, (_, at) => ({ ...update, name: `package-${at}` }));
    const body = requestBody(report({ updates }), undefined);
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain("too long for GitHub");
  });
});

describe("the words on the screen", () => {
  it.each([
    ["up-to-date", /^up to date\n$/],
    ["updated", /updated: 1 package, unit-tests in 1 run/],
    ["base-red", /fail without any update: broken/],
    ["not-checked", /not checked: broken/],
  ] as const)("end with the verdict: %s", (verdict, words) => {
    const updates = verdict === "updated" ? [update] : [];
    expect(reportText(report({ verdict, updates, reason: "broken" }))).toMatch(words);
  });
});
