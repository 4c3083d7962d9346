import { type Answer as HttpAnswer, objectionTo } from "../../execute/expectation.ts";
import type { Expectation } from "../../plan/step.ts";
import {
  compareIdentity,
  describeIdentity,
  type IdentityFields,
  identityIn,
  type WantedIdentity,
} from "./identity.ts";

/** Asks an address once; bounded in time and bytes. */
export type Ask = (
  base: string,
  expected: Expectation,
) => Promise<
  | { readonly ok: true; readonly answer: HttpAnswer }
  | { readonly ok: false; readonly problem: string; readonly unreachable?: boolean }
>;

/** What is asked of a service that serves. */
export interface Questions {
  readonly url: string;
  readonly health: Expectation;
  readonly endpoints: readonly Expectation[];
  /** `provider`: the config takes the provider's word for which version serves. */
  readonly identity: IdentityFields | "provider";
}

/** What one round of asking showed. */
export type Sample =
  | { readonly kind: "as-expected" }
  | { readonly kind: "unhealthy" | "wrong-version" | "unidentified"; readonly why: string }
  /** Nobody could be asked there: that says nothing of the version. */
  | { readonly kind: "unreachable"; readonly why: string };

/** One round: health with its identity, then the critical endpoints. */
export async function sampleOnce(
  ask: Ask,
  questions: Questions,
  wanted: WantedIdentity | undefined,
): Promise<Sample> {
  const { url, health, endpoints } = questions;
  const asked = await ask(url, health);
  if (!asked.ok) return unanswered(health, asked);
  const objection = objectionTo(asked.answer, health);
  if (objection) return unhealthy(health, objection);
  const stranger = wanted && objectToIdentity(asked.answer.body, questions, wanted);
  if (stranger) return stranger;
  for (const endpoint of endpoints) {
    const found = await ask(url, endpoint);
    if (!found.ok) return unanswered(endpoint, found);
    const why = objectionTo(found.answer, endpoint);
    if (why) return unhealthy(endpoint, why);
  }
  return { kind: "as-expected" };
}

function unanswered(
  asked: Expectation,
  { problem, unreachable }: Exclude<Awaited<ReturnType<Ask>>, { readonly ok: true }>,
): Sample {
  const sample = unhealthy(asked, problem);
  return unreachable ? { ...sample, kind: "unreachable" } : sample;
}

function unhealthy({ method, path }: Expectation, why: string) {
  return { kind: "unhealthy", why: `${method} ${path}: ${why}` } as const;
}

function objectToIdentity(
  body: string,
  { identity }: Questions,
  wanted: WantedIdentity,
): Sample | undefined {
  if (identity === "provider") return undefined;
  const found = identityIn(body, identity);
  switch (compareIdentity(found, wanted)) {
    case "same":
      return undefined;
    case "other":
      return {
        kind: "wrong-version",
        why: `it says ${describeIdentity(found)}; wanted is ${describeWanted(wanted)}`,
      };
    case "none":
      return { kind: "unidentified", why: `it answers, but says ${describeIdentity(found)}` };
  }
}

function describeWanted({ deployments: [deployment], commit }: WantedIdentity): string {
  return describeIdentity({ deployment, commit });
}
