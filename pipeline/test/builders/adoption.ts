import type { AdoptionFacts } from "../../src/adopt/facts.ts";

/** The facts of a made-up repository, for tests. */
export function sampleFacts(changes: Partial<AdoptionFacts> = {}): AdoptionFacts {
  return {
    name: "sample",
    branches: { main: "main", develop: "develop" },
    environments: [],
    secrets: [],
    checkSecrets: ["CODECOV_TOKEN"],
    staging: ["RAILWAY_TOKEN"],
    production: ["RAILWAY_TOKEN"],
    releaseSecrets: [],
    updates: { schedule: "0 9 * * 1", token: "GANTRY_APP_TOKEN" },
    security: false,
    e2e: false,
    authors: [],
    prettier: false,
    gantry: { kind: "blueprint", address: { source: "github.com/acme/gantry@v1" } },
    stageProgram: '"use strict";\n',
    config: "name: sample\n",
    ...changes,
  };
}
