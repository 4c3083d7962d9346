import { createRelease, deployProduction, deployStaging } from "./acts.ts";
import { codeQuality } from "./code-quality.ts";
import type { StageDefinition } from "./context.ts";
import { e2eTests } from "./e2e-tests.ts";
import { integrationTests } from "./integration-tests.ts";
import { performanceTests } from "./later.ts";
import { prChecks } from "./pr-checks.ts";
import { security } from "./security.ts";
import { smokeTests } from "./smoke-tests.ts";
import { unitTests } from "./unit-tests.ts";

/** Every stage that exists, in the order in which people read them. */
export const stages: readonly StageDefinition[] = [
  prChecks,
  codeQuality,
  unitTests,
  integrationTests,
  smokeTests,
  security,
  e2eTests,
  deployStaging,
  performanceTests,
  deployProduction,
  createRelease,
];
