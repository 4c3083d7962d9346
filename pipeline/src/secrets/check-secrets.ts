import type { Config } from "../config/config.ts";
import { secondsOf } from "../config/durations.ts";
import { knownSecret } from "./known.ts";
import { type Need, secretNeeds } from "./needs.ts";
import type { Presence } from "./presence.ts";

export interface SecretsRequest {
  readonly config: Config;
  readonly presence: (name: string) => Presence;
  /** The day, as `2027-01-31`. */
  readonly today: string;
}

/** One secret: where it is needed, whether it is there, how old it is, how it is renewed. */
export interface SecretRow extends Need {
  /** `given`: GitHub makes it for every job. */
  readonly state: "present" | "missing" | "given";
  readonly source: Presence["source"];
  readonly age: Age;
  readonly renew: string;
}

export type Age =
  | { readonly state: "unlimited" }
  | { readonly state: "unknown"; readonly limitDays: number }
  | {
      readonly state: "fresh" | "due-soon" | "overdue";
      readonly limitDays: number;
      readonly days: number;
      /** The day from which on it is too old. */
      readonly due: string;
    };

/** config + presence + day → what is needed, what is missing, and what is due. */
export function checkSecrets({ config, presence, today }: SecretsRequest): SecretRow[] {
  return secretNeeds(config).map((need) => {
    const { name } = need;
    const { present, source, updated } = presence(name);
    const written = config.written.secrets?.[name];
    const known = knownSecret(name);
    const limit = written?.rotate === undefined ? known.days : daysOf(written.rotate);
    const since = newest(written?.rotated, updated);
    return {
      ...need,
      state: name === "GITHUB_TOKEN" ? "given" : present ? "present" : "missing",
      source,
      age: ageOf(limit, since, today),
      renew: known.how,
    };
  });
}

/** What makes the check red: something required is missing, or something that is there is too old. */
export function isWrong({ state, optional, age }: SecretRow): boolean {
  return (state === "missing" && !optional) || (state !== "missing" && age.state === "overdue");
}

const soonDays = 14;
const dayMilliseconds = 86_400_000;

function ageOf(limitDays: number | undefined, since: string | undefined, today: string): Age {
  if (limitDays === undefined) return { state: "unlimited" };
  if (since === undefined) return { state: "unknown", limitDays };
  const days = Math.floor((Date.parse(today) - Date.parse(since)) / dayMilliseconds);
  const due = new Date(Date.parse(since) + limitDays * dayMilliseconds).toISOString().slice(0, 10);
  const left = limitDays - days;
  const state = left <= 0 ? "overdue" : left <= soonDays ? "due-soon" : "fresh";
  return { state, limitDays, days, due };
}

function daysOf(rotate: string | number): number {
  return Math.max(1, Math.ceil(secondsOf(rotate) / 86_400));
}

/** Who writes a day by hand forgets it; who sets a secret on GitHub is remembered there. */
function newest(written: string | undefined, updated: string | undefined): string | undefined {
  if (written === undefined || updated === undefined) return written ?? updated;
  return written > updated ? written : updated;
}
