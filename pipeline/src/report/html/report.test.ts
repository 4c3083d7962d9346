import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stageRun } from "../../../test/builders/run.ts";
import {
  cancelledRun,
  greenRun,
  hostileRun,
  hugeRun,
  redRun,
  unknownRun,
} from "../../../test/builders/sample-runs.ts";
import { scriptHash, styleHash } from "./page.ts";
import { reportHtml } from "./report.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

const none = new Map<string, string>();

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

describe("the page's policy", () => {
  it("allows exactly the style and the script that stand in it", async () => {
    expect(styleHash).toBe(await sha256(style));
    expect(scriptHash).toBe(await sha256(script));
    const page = reportHtml(greenRun(), none);
    expect(page).toContain(`<style>${style}</style>`);
    expect(page).toContain(`<script>${script}</script>`);
    expect(page).toContain(`default-src 'none'; style-src 'sha256-${styleHash}'`);
  });

  it("is never in the way: no style or handler of an element's own, nothing from elsewhere", () => {
    const page = reportHtml(redRun({ url: "https://github.com/o/r/actions/runs/1" }), none);
    expect(page).not.toMatch(/<[^>]+\s(?:style|on\w+)=/);
    expect(page).not.toMatch(/<(?:link|img|iframe|object)\b|\bsrc=|@import|url\(/);
  });
});

describe("reportHtml", () => {
  it.each([
    "<title>Failed: rose, feature/voice</title>",
    "Failed: code-quality and unit-tests, after 1m 36s.",
    "pull request 42: feat: answer in a voice",
    "tests/unit/test_memory.py::TestMemory::test_recall",
    "&gt;   assert recall() == [&#39;rose&#39;, &#39;thorn&#39;]",
    "Coverage 62.5% &lt; 70%",
    '<a href="#log-logs-unit-tests-backend-test.log">',
    '<details class="row" id="log-logs-unit-tests-backend-test.log">',
    "<code>gantry run unit-tests</code>".replace("<code>", '<code class="again">'),
    "only on a push to main",
    "1 flaky test: failed first, then passed",
    "ruff F401",
    "12–14, 40, 61–65",
    "a Python component <code>backend</code> with uv",
    '<td>ruff</td><td class="mono w">0.14.1</td>',
    "coverage of frontend has no minimum",
  ])("shows of a red run %j", (part) => {
    expect(reportHtml(redRun(), none)).toContain(part);
  });

  it("has no section for what there is nothing of", () => {
    const page = reportHtml(greenRun(), none);
    expect(page).not.toContain('id="trouble"');
    expect(page).not.toContain('id="findings"');
    expect(page).toContain('id="timeline"');
  });

  it("shows logs by their path, with the tools' colours, else the end that the run keeps", () => {
    const logs = new Map([["logs/unit-tests/backend/test.log", "\u001b[31mFAILED\u001b[0m <b>"]]);
    const page = reportHtml(redRun(), logs);
    expect(page).toContain('<span class="c1">FAILED</span> &lt;b&gt;');
    expect(page).toContain("Found 2 errors.");
  });

  it("says what was not checked and what was cancelled", () => {
    expect(reportHtml(unknownRun(), none)).toContain("there is no Docker on this machine");
    expect(reportHtml(cancelledRun(), none)).toContain("Cancelled after 14.2s");
    const stages = [stageRun("smoke-tests", { notChecked: ["image"] })];
    expect(reportHtml(greenRun({ stages }), none)).toContain("smoke-tests could not check: image");
  });

  it("makes no link of an address that would run", () => {
    const page = reportHtml(greenRun({ url: "javascript:alert(1)" }), none);
    expect(page).not.toContain("javascript:");
  });

  it("stays of a sensible size", () => {
    const logs = new Map([["logs/x.log", "x".repeat(1_000_000)]]);
    expect(reportHtml(hugeRun(), logs).length).toBeLessThan(2_000_000);
  });

  it("lets nothing from outside become markup", () => {
    const tags = (page: string): number => page.split("<").length;
    const calm = tags(reportHtml(hostileRun("calm"), none));
    fc.assert(
      fc.property(fc.string(), (noise) => {
        const text = `${noise.replaceAll("`", "")}</script><img src=x onerror=alert(1)>"'`;
        expect(tags(reportHtml(hostileRun(text), none))).toBe(calm);
      }),
    );
  });
});
