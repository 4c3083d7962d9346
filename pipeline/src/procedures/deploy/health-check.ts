import { readFile, writeFile } from "node:fs/promises";
import { addressCheck } from "../../deploy/prove/address-check.ts";
import { checkAddress } from "../../deploy/prove/check-address.ts";

/** Asks an address from a container; leaves as a file what it came to. */
export async function checkFromContainer(file: string, left: string): Promise<void> {
  const check = addressCheck.parse(JSON.parse(await readFile(file, "utf8")));
  const stop = new AbortController();
  process.once("SIGTERM", () => stop.abort());
  const proof = await checkAddress(check, stop.signal, (line) => {
    process.stdout.write(`${line}\n`);
  });
  await writeFile(left, JSON.stringify(proof));
}
