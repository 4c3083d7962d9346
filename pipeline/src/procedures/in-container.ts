import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { BrokenEnd } from "../execute/contained-end.ts";
import { ownFailure } from "../execute/own-failure.ts";
import type { Redactor } from "../execute/redact/redact.ts";

/**
 * Reads what something that acts is told, and leaves as a file what it came to. A bug is said like
 * any other failure of the world; whatever it says goes through the mask.
 */
export async function actOnFile<Spec extends { readonly left: string }>(
  file: string,
  redactorOf: (spec: Spec) => Redactor,
  act: (spec: Spec) => Promise<object>,
): Promise<void> {
  const spec = JSON.parse(await readFile(file, "utf8")) as Spec;
  const end = await act(spec).catch((error: unknown): BrokenEnd => {
    const { reason, mend } = ownFailure(error);
    return { kind: "broken", reason: redactorOf(spec).text(reason), mend };
  });
  await mkdir(dirname(spec.left), { recursive: true });
  await writeFile(spec.left, JSON.stringify(end));
}
