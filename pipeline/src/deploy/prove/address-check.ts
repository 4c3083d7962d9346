import { z } from "zod";
import { usualEndpoints } from "../../plan/expectation-words.ts";
import { expectation } from "../../plan/step.ts";
import { visibleLine } from "../../report/visible.ts";
import type { Proof } from "./prove.ts";

/** A health check of an address, which needs no configuration. */
export const addressCheck = z.strictObject({
  url: z.string(),
  attempts: z.int().positive(),
  interval: z.number().nonnegative().describe("Seconds between two questions."),
  consecutive: z.int().positive(),
  health: z.string().describe("The health path."),
  endpoint: z.array(expectation).describe("What else must answer."),
  commit: z.string().optional(),
  deployment: z.string().optional(),
});
export type AddressCheck = Readonly<z.infer<typeof addressCheck>>;

/** What is asked where nothing else is said: the same as the seed's script. */
export const usualCheck = {
  attempts: 10,
  interval: 5,
  consecutive: 3,
  health: "/api/health",
  endpoint: [...usualEndpoints],
} satisfies Partial<AddressCheck>;

/** What came of it, in one line. */
export function proofLine(proof: Proof): string {
  switch (proof.kind) {
    case "proven":
      return "✓ healthy";
    case "stopped":
      return "ended from outside: nobody knows";
    default:
      return `✗ ${proof.kind}: ${visibleLine(proof.why)}`;
  }
}
