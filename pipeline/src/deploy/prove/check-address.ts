import { z } from "zod";
import { fetchAnswer } from "../../host/probe.ts";
import { openNetwork } from "../../network/network.ts";
import { expectation } from "../../plan/plan.ts";
import { visibleLine } from "../../report/visible.ts";
import { usualFields } from "./identity.ts";
import { type Proof, prove } from "./prove.ts";

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

/** Asks an address until it has answered well often enough in a row. */
export async function checkAddress(
  check: AddressCheck,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<Proof> {
  const { url, attempts, interval, consecutive, health, endpoint, commit, deployment } = check;
  const deployments = deployment === undefined ? [] : [deployment];
  const anyVersion = commit === undefined && deployment === undefined;
  return prove({
    ask: (base, expected) => fetchAnswer(base, expected, new AbortController().signal),
    questions: {
      url: url.replace(/\/+$/, ""),
      health: { path: health, method: "GET", status: 200 },
      endpoints: endpoint,
      identity: usualFields,
    },
    wanted: anyVersion ? undefined : { deployments, commit },
    patience: { attempts, intervalSeconds: interval, consecutive },
    sleep: openNetwork().sleep,
    signal,
    onSample(sample, { attempt, inARow, wanted }) {
      const said =
        sample.kind === "as-expected" ? `as expected (${inARow} of ${wanted})` : sample.why;
      say(`attempt ${attempt}: ${visibleLine(said)}`);
    },
  });
}

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
