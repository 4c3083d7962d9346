import { createRedactor, type Redactor, redactValue } from "../../execute/redact/redact.ts";
import { actOnFile } from "../in-container.ts";

/** Asks GitHub with what a file tells, and leaves the end as a file, through the mask. */
export function askFromContainer<Spec extends { readonly left: string }>(
  file: string,
  ask: (spec: Spec) => Promise<object>,
): Promise<void> {
  const redactor = ownRedactor();
  return actOnFile<Spec>(
    file,
    () => redactor,
    async (spec) => redactValue(await ask(spec), redactor),
  );
}

function ownRedactor(): Redactor {
  return createRedactor([process.env.GITHUB_TOKEN ?? ""]);
}
