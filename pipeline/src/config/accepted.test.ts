import { describe, expect, test } from "vitest";
import { type Acceptable, acceptanceOf, type Exception } from "./accepted.ts";

const finding: Acceptable = {
  check: "audit",
  rules: ["PYSEC-2026-1", "CVE-2026-1"],
  package: "urllib3",
  file: "api/uv.lock",
};
const exception = (more: Partial<Exception>): Exception => ({
  check: "audit",
  reason: "never called",
  until: "2027-01-31",
  ...more,
});
const state = (more: Partial<Exception>, today = "2026-11-23"): string =>
  acceptanceOf(finding, [exception(more)], today).state;

describe("an exception fits", () => {
  test.each<[string, Partial<Exception>, string]>([
    ["the advisory's own name", { rule: "PYSEC-2026-1" }, "accepted"],
    ["its CVE, in any case", { rule: "cve-2026-1" }, "accepted"],
    ["another advisory", { rule: "PYSEC-2026-2" }, "open"],
    ["the beginning of its name", { rule: "PYSEC-2026" }, "open"],
    ["the package", { package: "URLLIB3" }, "accepted"],
    ["another package", { rule: "CVE-2026-1", package: "requests" }, "open"],
    ["the file", { rule: "CVE-2026-1", file: "api/uv.lock" }, "accepted"],
    ["its folder", { file: "api/" }, "accepted"],
    ["another file", { rule: "CVE-2026-1", file: "uv.lock" }, "open"],
    ["a line that it does not have", { line: 3 }, "open"],
    ["another check", { check: "secrets", rule: "CVE-2026-1" }, "open"],
  ])("%s", (_name, more, expected) => {
    expect(state(more)).toBe(expected);
  });
});

test("it counts on its last day, and not on the next", () => {
  expect(state({ rule: "CVE-2026-1" }, "2027-01-31")).toBe("accepted");
  const over = acceptanceOf(finding, [exception({ rule: "CVE-2026-1" })], "2027-02-01");
  expect(over).toEqual({
    state: "overdue",
    words: "it was accepted until 2027-01-31, which is over",
  });
});

test("one that still counts wins over one that has expired", () => {
  const both = [exception({ until: "2026-01-01" }), exception({ reason: "again" })];
  expect(acceptanceOf(finding, both, "2026-11-23")).toMatchObject({ reason: "again" });
});
