import { z } from "zod";
import { type Answer, mapOk } from "../../network/answer.ts";
import type { Connection } from "./connection.ts";
import { lookFor } from "./operation.ts";
import { path } from "./path.ts";

/** When a workflow last ended green. */
export interface GreenRun {
  readonly at: string;
  readonly url: string;
}

const runsForm = z.object({
  workflow_runs: z.array(z.object({ updated_at: z.string(), html_url: z.string() })),
});

/** The newest green run of a workflow's file, or nothing: of no run, or of no such workflow. */
export async function findGreenRun(
  connection: Connection,
  file: string,
): Promise<Answer<GreenRun | undefined>> {
  const where = path`/actions/workflows/${file}/runs`;
  const search = { status: "success", per_page: 1 };
  return mapOk(await lookFor(connection, where, runsForm, search), (found) => {
    const run = found?.workflow_runs[0];
    return run && { at: run.updated_at, url: run.html_url };
  });
}
