import { z } from "zod";

/** What a metric should keep to: a bound that counts as kept when it is met exactly. */
export const target = z.strictObject({
  bound: z.enum(["at-most", "at-least"]),
  value: z.number().describe("In the metric's unit."),
});
export type Target = z.infer<typeof target>;

/** The targets of the pipeline's design, by the metric's id; the other metrics have none. */
export const targets: Readonly<Record<string, Target>> = {
  "build-duration": { bound: "at-most", value: 300 },
  "test-time": { bound: "at-most", value: 180 },
  "run-success": { bound: "at-least", value: 95 },
  "test-success": { bound: "at-least", value: 95 },
  coverage: { bound: "at-least", value: 70 },
  "deployment-time": { bound: "at-most", value: 300 },
  "deployment-success": { bound: "at-least", value: 95 },
  "deployment-frequency": { bound: "at-least", value: 2 },
};

/** Shares of all tests in percent, and how far a level may be from its own. */
export const pyramidTarget = { unit: 75, integration: 20, "end-to-end": 5, tolerance: 10 } as const;

export function meets(value: number, { bound, value: wanted }: Target): boolean {
  return bound === "at-most" ? value <= wanted : value >= wanted;
}
