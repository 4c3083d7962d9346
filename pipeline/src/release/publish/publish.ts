import type { PublishRequest } from "./request.ts";
import { runSteps, type StepReport, type StepsRequest } from "./run-steps.ts";
import type { Step } from "./step.ts";
import { assetSteps } from "./steps/assets.ts";
import { changelogSteps } from "./steps/changelog.ts";
import { draftStep, twinStep } from "./steps/draft.ts";
import { publishStep } from "./steps/publish.ts";
import { syncSteps } from "./steps/sync.ts";
import { tagStep } from "./steps/tag.ts";
import { tellSteps } from "./steps/tell.ts";

/**
 *   tag ─► draft ─► assets ─► publish ─┬─► no twins
 *                                      ├─► changelog
 *                                      ├─► message
 *                                      └─► sync
 * Each looks first: a run that was interrupted anywhere is finished by the next.
 */
export function publishSteps(request: PublishRequest): Step[] {
  return [
    tagStep(request),
    draftStep(request),
    ...assetSteps(request),
    publishStep(request),
    twinStep(request),
    ...changelogSteps(request),
    ...tellSteps(request),
    ...syncSteps(request),
  ];
}

export function publishRelease(
  request: PublishRequest,
  run: Omit<StepsRequest, "steps">,
): Promise<StepReport[]> {
  return runSteps({ ...run, steps: publishSteps(request) });
}
