import { type AddressCheck, proofLine } from "../../deploy/prove/address-check.ts";
import { checkAddress } from "../../deploy/prove/check-address.ts";
import type { Proof } from "../../deploy/prove/prove.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import { onSignals } from "../signals.ts";

/** Words of a health check of an address; the defaults are those of the seed's script. */
export type AddressOptions = CommonOptions & Omit<AddressCheck, "url">;

/** Asks an address until it has answered well often enough in a row; needs no configuration. */
export async function verifyAddress(
  url: string,
  options: AddressOptions,
  { stdout, stderr }: Terminal,
): Promise<number> {
  const signals = onSignals();
  const proof = await checkAddress({ ...options, url }, signals.signal, (line) => {
    if (!options.quiet) stderr.write(`${line}\n`);
  });
  signals.stop();
  if (options.json) stdout.write(`${JSON.stringify(proof, null, 2)}\n`);
  else stderr.write(`${proofLine(proof)}\n`);
  return exitFor(proof, signals.endedBy());
}

function exitFor({ kind }: Proof, endedBy: "SIGINT" | "SIGTERM" | undefined): number {
  if (kind === "stopped") return endedBy === "SIGTERM" ? 143 : 130;
  return kind === "proven" ? 0 : 1;
}
