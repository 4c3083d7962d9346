import { expect, test } from "vitest";
import { parse } from "yaml";
import type { ReleasePlan } from "../plan.ts";
import { metadataOf } from "./metadata.ts";
import { metadataYaml } from "./metadata-yaml.ts";

const plan = (changelog: Partial<ReleasePlan["changelog"]>): ReleasePlan => ({
  format: 1,
  version: "1.1.0",
  tag: "v1.1.0",
  previous: "v1.0.0",
  level: "minor",
  commit: "abc123def456",
  why: [],
  commits: [],
  cancelled: [],
  unconventional: [],
  inferred: [],
  warnings: [],
  changelog: { features: [], fixes: [], chores: [], breaking: [], ...changelog },
  notes: "",
});

/** The original design's example, to the letter. */
const seed = `version: v1.1.0
tag: v1.1.0
commit: abc123def456
date: 2025-10-23T10:35:00Z
changelog:
  features:
    - "feat: add enhanced memory retrieval"
    - "feat: improve voice processing latency"
  fixes:
    - "fix: resolve audio buffer overflow"
    - "fix: correct memory extraction edge case"
  chores:
    - "chore: update dependencies"
deployment:
  environment: production
  url: https://rose-production.railway.app
  deployed_at: 2025-10-23T10:35:00Z
  deployed_by: github-actions
`;

test("the file is the design's", () => {
  const metadata = metadataOf(
    plan({
      features: ["feat: add enhanced memory retrieval", "feat: improve voice processing latency"],
      fixes: ["fix: resolve audio buffer overflow", "fix: correct memory extraction edge case"],
      chores: ["chore: update dependencies"],
    }),
    "2025-10-23T10:35:00Z",
    {
      environment: "production",
      url: "https://rose-production.railway.app",
      deployedAt: "2025-10-23T10:35:00Z",
      deployedBy: "github-actions",
    },
  );
  expect(metadataYaml(metadata)).toBe(seed);
});

test("any header comes back as it was", () => {
  const headers = [
    'feat: a "b" \\ c',
    "feat: $(rm -rf /) `x`",
    "feat: a: b # c",
    "feat: ünï\u202e",
  ];
  const long = `feat: ${"word ".repeat(60)}end`;
  const metadata = metadataOf(plan({ features: [...headers, long] }), "2026-11-23T00:00:00Z");
  expect(parse(metadataYaml(metadata))).toEqual(metadata);
  expect(metadata.changelog.features).toEqual([...headers, long]);
});

test("breaking changes are added where there are some", () => {
  const metadata = metadataOf(plan({ breaking: ["feat!: a"] }), "2026-11-23T00:00:00Z");
  expect(metadata.changelog.breaking).toEqual(["feat!: a"]);
});
