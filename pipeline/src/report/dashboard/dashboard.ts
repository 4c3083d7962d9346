import { z } from "zod";
import { outcome, verdict } from "../../execute/run.ts";
import { eventKind, stageId } from "../../plan/plan.ts";
import { target } from "./targets.ts";

export const dashboardVersion = 1;

const count = z.int().nonnegative();
const value = z.number().nonnegative();

const point = z.strictObject({
  at: z.iso.datetime(),
  value,
  count: count.describe("How many observations it stands for."),
});

export const trend = z
  .strictObject({ first: value, last: value, direction: z.enum(["up", "down", "same"]) })
  .describe("The first half of the time against the last half.");

export const holds = z
  .enum(["yes", "no", "unknown", "no-target"])
  .describe("unknown: too little was observed, or the source cannot be read.");

export const metric = z.strictObject({
  id: z.string(),
  title: z.string(),
  definition: z.string().describe("What exactly is measured."),
  source: z.string().describe("From what it is calculated."),
  unit: z.enum(["seconds", "percent", "per-day"]),
  summary: z.string().describe("What the value is of the observations, such as their median."),
  of: z.string().describe("What is observed."),
  count: count.describe("How many observations."),
  needed: count.describe("How many it takes before there is a value."),
  value: value.optional().describe("Absent: not enough was observed."),
  p95: value.optional().describe("What 95 % of at least 20 observations do not exceed."),
  lacks: z.string().optional().describe("Why there is no value."),
  target: target.optional(),
  holds,
  trend: trend.optional(),
  parts: z.array(
    z.strictObject({ name: z.string(), count, value: value.optional(), p95: value.optional() }),
  ),
  apart: z
    .array(z.strictObject({ why: z.string(), count }))
    .describe("What was seen and does not count, and why."),
  series: z.array(point),
});

const level = z.strictObject({
  level: z.enum(["unit", "integration", "end-to-end"]),
  stages: z.array(z.strictObject({ id: stageId, tests: count, run: z.string() })),
  tests: count.optional().describe("Absent: they could not run, so nobody knows."),
  share: value.optional().describe("Percent of all tests."),
  target: value,
});

const leftOut = z.array(z.strictObject({ why: z.string(), count }));

export const dashboard = z
  .strictObject({
    version: z.literal(dashboardVersion),
    gantry: z.string(),
    name: z.string(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    environment: z.string().optional().describe("Whose deployments are measured."),
    metrics: z.array(metric),
    pyramid: z.strictObject({
      holds,
      lacks: z.string().optional(),
      tolerance: value.describe("How many points a level may be from its target."),
      levels: z.array(level),
    }),
    flaky: z.array(
      z.strictObject({ name: z.string(), runs: count, of: count, last: z.iso.datetime() }),
    ),
    stages: z.array(
      z.strictObject({
        id: stageId,
        count,
        value: value.optional(),
        p95: value.optional(),
        trend: trend.optional(),
        series: z.array(point),
      }),
    ),
    environments: z.array(
      z.strictObject({
        name: z.string(),
        provider: z.string(),
        place: z.string(),
        unavailable: z.string().optional().describe("Why its record cannot be read."),
        attempts: count,
        proven: count,
        failed: count,
        lastProven: z.iso.datetime().optional(),
        cut: z.boolean().describe("Whether older attempts were not read."),
        breaks: count.describe("Where its record was changed by somebody else."),
      }),
    ),
    runs: z
      .array(
        z.strictObject({
          id: z.string(),
          at: z.iso.datetime(),
          verdict,
          event: eventKind,
          branch: z.string(),
          commit: z.string(),
          seconds: value,
          red: z.array(z.strictObject({ id: stageId, outcome })),
          report: z.string().optional().describe("Its report, as a link from the page."),
        }),
      )
      .describe("The newest."),
    read: z.strictObject({ place: z.string(), runs: count, leftOut }),
  })
  .describe("How a repository is delivered, measured against targets.");

export type Dashboard = z.infer<typeof dashboard>;
export type Metric = z.infer<typeof metric>;
export type Trend = z.infer<typeof trend>;
export type Holds = z.infer<typeof holds>;
export type Pyramid = Dashboard["pyramid"];
