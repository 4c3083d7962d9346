import { readFile } from "node:fs/promises";
import type { ProposeEnd, ProposeSpec } from "../../dependencies/contained.ts";
import type { UpdateReport } from "../../dependencies/report/report.ts";
import type { Problem } from "../../errors/problem.ts";
import { createRedactor, type Redactor, redactValue } from "../../execute/redact/redact.ts";
import { keepStanding, openRequests } from "../../github/updates/keep-request.ts";
import { actOnFile } from "../in-container.ts";

/**
 * Keeps the standing request from a container, in which nothing of the repository is: what the
 * updates' own code could have left meets no token.
 */
export function proposeInContainer(file: string): Promise<void> {
  return actOnFile<ProposeSpec>(file, redactorOf, propose);
}

async function propose(spec: ProposeSpec): Promise<ProposeEnd> {
  const { settings, base, report } = spec;
  const opened = await openRequests(settings, base, { ...process.env, ...spec.variables });
  if (!opened.ok) return refused(opened.problems, spec);
  if (report === undefined) return { kind: "ready" };
  const found = JSON.parse(await readFile(report, "utf8")) as UpdateReport;
  const kept = await keepStanding(opened.value, settings, found);
  if (!kept.ok) return refused(kept.problems, spec);
  return redactValue<ProposeEnd>({ kind: "kept", standing: kept.value }, redactorOf(spec));
}

function refused(problems: readonly Problem[], spec: ProposeSpec): ProposeEnd {
  return redactValue<ProposeEnd>({ kind: "problems", problems: [...problems] }, redactorOf(spec));
}

function redactorOf({ settings }: ProposeSpec): Redactor {
  const names = ["GITHUB_TOKEN", settings.token];
  return createRedactor(names.flatMap((name) => process.env[name] ?? []));
}
