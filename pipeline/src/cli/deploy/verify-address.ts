import { usualFields, type WantedIdentity } from "../../deploy/prove/identity.ts";
import { type Proof, prove } from "../../deploy/prove/prove.ts";
import { fetchAnswer } from "../../host/probe.ts";
import { openNetwork } from "../../network/network.ts";
import type { Expectation } from "../../plan/plan.ts";
import { visibleLine } from "../../report/visible.ts";
import type { Terminal } from "../main.ts";
import type { CommonOptions } from "../options.ts";
import { onSignals } from "../signals.ts";

/** Words of a health check of an address; the defaults are those of the seed's script. */
export interface AddressOptions extends CommonOptions {
  readonly attempts: number;
  readonly interval: number;
  readonly consecutive: number;
  readonly health: string;
  readonly endpoint: readonly Expectation[];
  readonly commit?: string;
  readonly deployment?: string;
}

/** Asks an address until it has answered well often enough in a row; needs no configuration. */
export async function verifyAddress(
  url: string,
  options: AddressOptions,
  terminal: Terminal,
): Promise<number> {
  const { stdout, stderr } = terminal;
  const signals = onSignals();
  const { sleep } = openNetwork();
  const proof = await prove({
    ask: (base, expected) => fetchAnswer(base, expected, new AbortController().signal),
    questions: {
      url: url.replace(/\/+$/, ""),
      health: { path: options.health, method: "GET", status: 200 },
      endpoints: options.endpoint,
      identity: usualFields,
    },
    wanted: wantedOf(options),
    patience: {
      attempts: options.attempts,
      intervalSeconds: options.interval,
      consecutive: options.consecutive,
    },
    sleep,
    signal: signals.signal,
    onSample(sample, { attempt, inARow, wanted }) {
      if (options.quiet) return;
      const said =
        sample.kind === "as-expected" ? `as expected (${inARow} of ${wanted})` : sample.why;
      stderr.write(`attempt ${attempt}: ${visibleLine(said)}\n`);
    },
  });
  signals.stop();
  if (options.json) stdout.write(`${JSON.stringify(proof, null, 2)}\n`);
  else stderr.write(`${sentence(proof)}\n`);
  return exitFor(proof, signals.endedBy());
}

function wantedOf({ commit, deployment }: AddressOptions): WantedIdentity | undefined {
  if (commit === undefined && deployment === undefined) return undefined;
  return { deployments: deployment === undefined ? [] : [deployment], commit };
}

function sentence(proof: Proof): string {
  switch (proof.kind) {
    case "proven":
      return "✓ healthy";
    case "stopped":
      return "ended from outside: nobody knows";
    default:
      return `✗ ${proof.kind}: ${visibleLine(proof.why)}`;
  }
}

function exitFor({ kind }: Proof, endedBy: "SIGINT" | "SIGTERM" | undefined): number {
  if (kind === "stopped") return endedBy === "SIGTERM" ? 143 : 130;
  return kind === "proven" ? 0 : 1;
}
