import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allFacts,
  deployFact,
  environmentFacts,
  fact,
  factsOf,
} from "../../../../test/builders/facts.ts";
import type { RunFact } from "../facts.ts";
import { makeDashboard } from "../make-dashboard.ts";
import { dashboardHtml, dashboardStyleHash } from "./page.ts";
import { dashboardStyle } from "./style.ts";

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** A dashboard with something in every section, in which all text from outside is this. */
function hostile(text: string, run: Partial<RunFact> = {}): string {
  const stages: RunFact["stages"] = [
    {
      id: "unit-tests",
      outcome: "failed",
      seconds: 9,
      tests: { passed: 30, failed: 1 },
      reused: false,
    },
  ];
  const runs = factsOf(30, (index) => ({
    id: `${text}${index}`,
    branch: text,
    commit: text,
    flaky: [text],
    report: `${encodeURIComponent("x".repeat(3))}/report.html`,
    coverage: 80,
    stages,
    ...run,
  }));
  return dashboardHtml(
    makeDashboard(
      allFacts({
        name: text,
        runs,
        runsPlace: text,
        runsLeftOut: [{ why: text, count: 1 }],
        environments: [
          environmentFacts([deployFact(1)], { name: text, place: text, breaks: 1, cut: true }),
          environmentFacts([], { name: "staging", unavailable: text, place: text }),
        ],
        measured: text,
      }),
    ),
  );
}

describe("the dashboard's page", () => {
  const page = hostile("calm");

  it("allows exactly the styles and the script that stand in it", async () => {
    expect(dashboardStyleHash).toBe(await sha256(dashboardStyle));
    expect(page).toContain(`<style>${dashboardStyle}</style>`);
    expect(page).toContain(`'sha256-${dashboardStyleHash}'`);
    expect(page).toContain("default-src 'none'");
  });

  it("has no style or handler of an element's own, and nothing from elsewhere", () => {
    expect(page).not.toMatch(/<[^>]+\s(?:style|on\w+)=/);
    expect(page).not.toMatch(/<(?:link|img|iframe|object)\b|\bsrc=|@import|url\(|https?:/);
  });

  it("says every picture in words, and names every id once", () => {
    const pictures =
      page.match(/<svg class="chart"[^>]*>\s*<title[^>]*>[^<]+<\/title><desc/g) ?? [];
    expect(pictures.length).toBe(page.split('<svg class="chart"').length - 1);
    expect(pictures.length).toBeGreaterThan(4);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    for (const link of links) expect(ids).toContain(link);
  });

  it("links each run to its report where that is there", () => {
    expect(page).toContain('<a href="xxx/report.html">');
    const without = dashboardHtml(makeDashboard(allFacts({ runs: [fact()] })));
    expect(without).not.toContain("report.html");
  });

  it("draws no picture outside of its frame, whatever the numbers", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 }),
        (all) => {
          const runs = factsOf(all.length, (index) => ({ seconds: all[index] ?? 0 }));
          const drawn = dashboardHtml(makeDashboard(allFacts({ runs })));
          for (const [, y] of drawn.matchAll(/cy="([^"]+)"/g)) {
            expect(Number(y)).toBeGreaterThanOrEqual(0);
            expect(Number(y)).toBeLessThanOrEqual(132);
          }
          expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("of nothing is a page that says so", () => {
    const empty = dashboardHtml(makeDashboard(allFacts()));
    expect(empty).toContain("not enough: 0 of 5 runs");
    expect(empty).toContain("not measured: gantry.yaml names no environment");
    expect(empty).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("lets nothing from outside become markup", () => {
    const tags = (text: string): number => text.split("<").length;
    const calm = tags(page);
    fc.assert(
      fc.property(fc.string(), (noise) => {
        const text = `${noise.replaceAll("`", "")}</script><img src=x onerror=alert(1)>"'`;
        expect(tags(hostile(text))).toBe(calm);
      }),
      { numRuns: 30 },
    );
  });
});
