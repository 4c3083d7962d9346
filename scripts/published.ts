import { jsonSchemaOf } from "../pipeline/src/config/reference/json-schema.ts";
import { configReference } from "../pipeline/src/config/reference/reference.ts";
import { writtenConfig } from "../pipeline/src/config/written.ts";
import { verdictPage } from "../pipeline/src/deploy/shown/verdict-page.ts";
import { run } from "../pipeline/src/execute/run.ts";
import { plan } from "../pipeline/src/plan/plan.ts";
import { shownRelease } from "../pipeline/src/release/plan.ts";
import { dashboard } from "../pipeline/src/report/dashboard/dashboard.ts";
import { ownGithub } from "./own-github.ts";

/** Files that are made from the code, with what must stand in them. */
export function published(): ReadonlyMap<string, string> {
  const config = jsonSchemaOf(writtenConfig, "gantry.yaml");
  return new Map([
    ["docs/schema/gantry.schema.json", json(config)],
    ["docs/schema/plan.schema.json", json(jsonSchemaOf(plan, "Gantry's plan"))],
    ["docs/schema/run.schema.json", json(jsonSchemaOf(run, "Gantry's run"))],
    ["docs/schema/release.schema.json", json(jsonSchemaOf(shownRelease, "Gantry's release plan"))],
    ["docs/schema/dashboard.schema.json", json(jsonSchemaOf(dashboard, "Gantry's dashboard"))],
    ["docs/reference/config.md", configReference(config)],
    ["docs/deploy-verdicts.md", verdictPage()],
    ...ownGithub(),
  ]);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
