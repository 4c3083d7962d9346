import { type Redactor, redactValue } from "../../execute/redact/redact.ts";
import type { Run, RunDeployment } from "../../execute/run.ts";
import { mergeCoverage } from "../../results/cobertura.ts";
import type { Ended } from "../procedure/end.ts";
import { meanings, type Verdict } from "../verdict.ts";

/** What the world is told of a deploy: facts without a secret in them, in no service's form. */
export interface Told
  extends Pick<
    RunDeployment,
    "environment" | "kind" | "rollback" | "commit" | "version" | "url" | "serving" | "why"
  > {
  readonly application: string;
  readonly verdict: Verdict;
  /** The attempt, by its key; the run's id where nothing was begun. */
  readonly attempt: string;
  readonly actor: string;
  readonly seconds: number;
  /** Percent of lines and branches, where this run measured it. */
  readonly coverage: number | undefined;
  readonly runId: string;
  readonly runUrl: string | undefined;
  /** Whether an attempt was opened; else the environment was at most asked. */
  readonly begun: boolean;
  /** Whether a version was sent, or was about to be. */
  readonly sent: boolean;
  readonly events: readonly ToldEvent[];
  /** The provider's id of what served before. */
  readonly before: string | undefined;
}

export interface ToldEvent {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly event: string;
  readonly about: string;
}

export interface ToldFrom {
  readonly run: Pick<Run, "id" | "url" | "stages"> & { readonly plan: Pick<Run["plan"], "name"> };
  readonly deployment: RunDeployment;
  readonly end: Pick<Ended, "attempt">;
  readonly actor: string;
  readonly redactor: Redactor;
}

export function toldOf({ run, deployment, end, actor, redactor }: ToldFrom): Told {
  const { kind, rollback, commit, version, url, serving, seconds, key } = deployment;
  const verdict = deployment.verdict as Verdict;
  const opening = end.attempt?.attempt.opening;
  const texts = {
    application: run.plan.name,
    environment: deployment.environment,
    commit,
    ...(version && { version }),
    ...(url && { url }),
    ...(serving && { serving }),
    why: deployment.why,
    attempt: key ?? run.id,
    actor: opening?.actor ?? actor,
    runId: run.id,
    runUrl: run.url,
    events: eventsOf(end),
    before: opening?.before?.id,
  };
  return {
    ...redactValue(texts, redactor),
    kind,
    verdict,
    rollback,
    seconds,
    coverage: mergeCoverage(run.stages.flatMap((stage) => stage.coverage ?? []))?.percent,
    begun: end.attempt !== undefined,
    sent: end.attempt?.attempt.entries.some(({ event }) => event === "sending") ?? false,
  };
}

function eventsOf({ attempt: standing }: Pick<Ended, "attempt">): readonly ToldEvent[] {
  if (!standing) return [];
  const { opening, entries } = standing.attempt;
  const told = entries.filter(({ event }) => event !== "alive");
  return [
    { at: opening.at, event: "opened", about: opening.owner },
    ...told.map(({ at, event, id, verdict, rollback }) => ({
      at,
      event,
      about: [verdict, rollback && rollback !== "not-needed" && `rollback ${rollback}`, id]
        .filter(Boolean)
        .join(", "),
    })),
  ];
}

/**
 * Whether anybody is told at all. That what is wanted serves already, or that another deploy is
 * under way, is no news; that a deploy could not even begin is.
 */
export function isNews({ verdict, begun }: Told): boolean {
  if (verdict === "locked") return false;
  return begun || (verdict !== "live" && verdict !== "cancelled");
}

/** A deploy that a person has to look into: something was sent, and did not end well. */
export function isIncident({ verdict, rollback, begun, sent }: Told): boolean {
  if (rollback === "failed" || rollback === "impossible") return true;
  if (verdict === "unknown") return begun;
  return sent && meanings[verdict].exit === 1 && verdict !== "cancelled" && verdict !== "abandoned";
}

/** A version by the name that people know it by. */
export function versionName(
  version: { readonly version?: string | undefined; readonly commit?: string | undefined },
  otherwise = "a version Gantry does not know",
): string {
  return version.version ?? version.commit?.slice(0, 12) ?? otherwise;
}
