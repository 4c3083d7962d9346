import { exitOfUpdates, type UpdateReport } from "../../dependencies/report/report.ts";
import { reportText } from "../../dependencies/report/report-text.ts";
import { standingLine } from "../../dependencies/report/standing-line.ts";
import type { Changeset } from "../client.ts";
import { unwrap } from "../functions.ts";
import { findInContainers } from "./find.ts";
import { openHere } from "./open.ts";
import { proposeUpdates } from "./propose.ts";
import type { ProposeRequest, UpdatesRequest } from "./request.ts";

/**
 * `update-dependencies`: what went through, as a change of the source. What was left out is named
 * beside it; it is an error where nothing went through and something should have.
 */
export async function runUpdates(given: UpdatesRequest): Promise<Changeset> {
  const { report, lay } = await findInContainers(unwrap(await openHere(given)));
  const text = textOf(report);
  if (report.files.length === 0 && exitOfUpdates(report) !== 0) throw new Error(text);
  console.error(text);
  return lay(given.source).changes(given.source);
}

/** `propose-updates`: what was found, and what became of the pull request; an error unless all is well. */
export async function runProposal(given: ProposeRequest): Promise<string> {
  const { report, standing } = unwrap(await proposeUpdates(given));
  const text = `${textOf(report)}${standing ? standingLine(standing) : ""}`;
  if (exitOfUpdates(report) !== 0) throw new Error(text);
  return text;
}

function textOf(report: UpdateReport): string {
  return `verdict: ${report.verdict} (exit code ${exitOfUpdates(report)})\n${reportText(report)}`;
}
