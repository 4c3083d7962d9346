import type { JudgedEnd, SecretsSpec } from "../../github/contained.ts";
import { checkSecretsHere } from "../../host/github/check-secrets.ts";
import { secretsText } from "../../secrets/text.ts";
import { askFromContainer } from "./ask.ts";

/** Says which secrets are needed, missing and due, from a container that sees none but GitHub's token. */
export function checkSecretsFromContainer(file: string): Promise<void> {
  return askFromContainer<SecretsSpec>(file, check);
}

async function check(spec: SecretsSpec): Promise<JudgedEnd> {
  const { root, variables, given } = spec;
  const report = await checkSecretsHere({
    ...spec,
    directory: root,
    environment: Object.fromEntries(given.map((name) => [name, "given"])),
    env: { ...process.env, ...variables },
  });
  const exit = { passed: 0, failed: 1, unknown: 3 }[report.verdict];
  return { kind: "judged", exit, text: secretsText(report, false) };
}
