import { metadataNames, metadataOf } from "../metadata/metadata.ts";
import type { NothingToRelease, ReleasePlan } from "../plan.ts";
import { effectsOf } from "../publish/effects.ts";
import type { ReleaseSettings } from "../settings.ts";

export interface PlansRequest {
  readonly plans: readonly (ReleasePlan | NothingToRelease)[];
  readonly settings: Pick<ReleaseSettings, "changelog" | "sync">;
  /** The branch that is released. */
  readonly branch: string;
  /** An ISO time. */
  readonly date: string;
}

/** What would be released, as JSON, with the metadata and the steps that publishing would take. */
export function plansJson({ plans, settings, branch, date }: PlansRequest): string {
  const assets = Object.values(metadataNames);
  const { changelog, sync } = settings;
  return answersJson(
    plans.map((plan) => {
      if (plan.version === null) return plan;
      const steps = effectsOf({ plan, assets, branch, day: date.slice(0, 10), changelog, sync });
      return { ...plan, metadata: metadataOf(plan, date), steps };
    }),
  );
}

/** One answer as it is; several, for components, as a list. */
export function answersJson(answers: readonly object[]): string {
  const [only, ...others] = answers;
  const document = only && others.length === 0 ? only : { releases: answers };
  return `${JSON.stringify(document, null, 2)}\n`;
}
