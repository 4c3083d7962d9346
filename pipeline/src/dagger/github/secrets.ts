import { readJudgedEnd, type SecretsSpec } from "../../github/contained.ts";
import { readPresent } from "../../secrets/present.ts";
import { unwrap } from "../functions.ts";
import { ask, type Opened, open } from "./ask.ts";
import { answerOf, type Judged } from "./judged.ts";
import type { SecretsRequest } from "./request.ts";
import { scanHistory } from "./scan-history.ts";

/** Which secrets are needed, missing and due; and, where it is asked, whether one was ever committed. */
export async function runSecrets(request: SecretsRequest): Promise<string> {
  const workflow = unwrap(readPresent(request.present ?? []));
  const opened = unwrap(await open(request));
  const end = await ask(opened, {
    procedure: "check-secrets",
    told: toldOf(opened, workflow),
    read: readJudgedEnd,
  });
  const check = unwrap(end);
  return answerOf(request.history ? both(check, await scanHistory(request, opened)) : check);
}

function toldOf(
  { project, secrets, variables }: Opened,
  workflow: SecretsSpec["workflow"],
): Omit<SecretsSpec, "root" | "left"> {
  const { config, trigger } = project;
  const today = new Date().toISOString().slice(0, 10);
  return { config, trigger, workflow, given: [...secrets.values.keys()], today, variables };
}

/** What is wrong counts before what is not known. */
function both(one: Judged, other: Judged): Judged {
  const exit = [one.exit, other.exit].includes(1) ? 1 : Math.max(one.exit, other.exit);
  return { exit, text: `${one.text}\n${other.text}` };
}
