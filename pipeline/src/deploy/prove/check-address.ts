import { fetchAnswer } from "../../host/probe.ts";
import { openNetwork } from "../../network/network.ts";
import { visibleLine } from "../../report/visible.ts";
import type { AddressCheck } from "./address-check.ts";
import { usualFields } from "./identity.ts";
import { type Proof, prove } from "./prove.ts";

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
