import { z } from "zod";
import { secondsOf } from "../../config/durations.ts";
import type { ParsedConfig } from "../../config/written.ts";

/** What a metric should keep to: a bound that counts as kept when it is met exactly. */
export const target = z.strictObject({
  bound: z.enum(["at-most", "at-least"]),
  value: z.number().describe("In the metric's unit."),
});
export type Target = z.infer<typeof target>;

/** By the metric's id; a metric that is not named has none. */
export type Targets = Readonly<Record<string, Target>>;

const atMost = (value: number): Target => ({ bound: "at-most", value });
const atLeast = (value: number): Target => ({ bound: "at-least", value });

/** What a repository wants; where it does not say, the targets of the pipeline's design. */
export function targetsOf(written: NonNullable<ParsedConfig["targets"]> = {}): Targets {
  const { success = 95, leadTime, changeFailures, restore } = written;
  return {
    "build-duration": atMost(secondsOf(written.build ?? "5m")),
    "test-time": atMost(secondsOf(written.tests ?? "3m")),
    "run-success": atLeast(success),
    "test-success": atLeast(success),
    coverage: atLeast(written.coverage ?? 70),
    "deployment-time": atMost(secondsOf(written.deploy ?? "5m")),
    "deployment-success": atLeast(success),
    "deployment-frequency": atLeast(written.deploymentsPerDay ?? 2),
    ...(leadTime !== undefined && { "lead-time": atMost(secondsOf(leadTime)) }),
    ...(changeFailures !== undefined && { "change-failure-rate": atMost(changeFailures) }),
    ...(restore !== undefined && { "time-to-restore": atMost(secondsOf(restore)) }),
  };
}

/** Shares of all tests in percent, and how far a level may be from its own. */
export const pyramidTarget = { unit: 75, integration: 20, "end-to-end": 5, tolerance: 10 } as const;

export function meets(value: number, { bound, value: wanted }: Target): boolean {
  return bound === "at-most" ? value <= wanted : value >= wanted;
}
