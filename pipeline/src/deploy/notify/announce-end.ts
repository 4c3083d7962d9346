import type { Notify } from "../../config/config.ts";
import { redactValue } from "../../execute/redact/redact.ts";
import { connectFromEnvironment } from "../../github/client/index.ts";
import { type GivenNetwork, openNetwork } from "../../network/network.ts";
import { type Announced, announce } from "./announce.ts";
import { type ToldFrom, toldOf } from "./told.ts";

export interface EndAnnouncement extends ToldFrom {
  readonly notify: Notify;
  /** Secrets, and the repository on GitHub, by the names that they have in an environment. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Short: whoever deploys waits for it. */
const patience: GivenNetwork = {
  limits: { attempts: 2, requestSeconds: 10, longestWaitSeconds: 5, settleSeconds: 30 },
};

/** Tells the world how a deploy ended. Never rejects; what it answers holds no secret. */
export async function announceEnd(ended: EndAnnouncement): Promise<Announced> {
  const { notify, variables, redactor } = ended;
  const github = connectFromEnvironment(variables, patience);
  try {
    const announced = await announce({
      told: toldOf(ended),
      notify,
      secret: (name) => variables[name],
      network: openNetwork(patience),
      github: github.ok ? github.value : undefined,
    });
    return redactValue(announced, redactor);
  } catch (error) {
    // A fault in here is a bug, and still no reason to call a deploy anything but what it was.
    const warnings = [`the deploy was told to nobody: ${String(error)}`];
    return redactValue({ warnings, notes: [] }, redactor);
  }
}
