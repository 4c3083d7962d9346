import type { Buffer } from "node:buffer";
import { type BaseCoverage, type NotCompared, readBaseCoverage } from "../report/base-coverage.ts";
import { readArtifactFile } from "./artifact-file.ts";
import {
  type Connection,
  describeFailure,
  type Failure,
  findPushRun,
  type PushRun,
} from "./client/index.ts";

export interface WantedBase {
  /** The branch that a pull request wants to change. */
  readonly branch: string;
  /** The commit where it left that branch, if it is known. */
  readonly mergeBase?: string | undefined;
  /** For all of it. */
  readonly seconds?: number;
}

/** The workflow whose runs are looked for, and the small artifact of its checks that tells coverage. */
const workflow = "ci-cd.yml";
const artifactName = "workflow-metrics";
const fileName = "state.json";
const longestZip = 2 * 1024 * 1024;
const longestFile = 1024 * 1024;

/**
 * What the base covers, as its own green run on GitHub left it: the run where the change began, else
 * the newest of the branch. A few requests, within a minute; whatever goes wrong is a reason.
 */
export async function findBaseCoverage(
  connection: Connection,
  { branch, mergeBase, seconds = 60 }: WantedBase,
): Promise<BaseCoverage | NotCompared> {
  const deadline = AbortSignal.timeout(seconds * 1000);
  const found = await look(impatient(connection, deadline), branch, mergeBase);
  const late = "unknown" in found && deadline.aborted;
  return late ? { unknown: `GitHub took longer than ${seconds} s` } : found;
}

async function look(
  to: Connection,
  branch: string,
  mergeBase: string | undefined,
): Promise<BaseCoverage | NotCompared> {
  const began = mergeBase ? await readRun(to, branch, mergeBase) : undefined;
  if (began && !("missing" in began)) return began;
  const newest = await readRun(to, branch);
  if ("missing" in newest) return { unknown: newest.missing };
  return mergeBase && "stages" in newest ? { ...newest, insteadOf: mergeBase } : newest;
}

/** A comment can do without: it does not wait for long. */
function impatient(connection: Connection, deadline: AbortSignal): Connection {
  const { attempts, requestSeconds, longestWaitSeconds, ...limits } = connection.limits;
  return {
    ...connection,
    fetch: (url, init) => {
      const signals = [deadline, ...(init.signal ? [init.signal] : [])];
      return connection.fetch(url, { ...init, signal: AbortSignal.any(signals) });
    },
    limits: {
      ...limits,
      attempts: Math.min(2, attempts),
      requestSeconds: Math.min(15, requestSeconds),
      longestWaitSeconds: Math.min(5, longestWaitSeconds),
    },
  };
}

/** Another run may have what this one has not. */
interface Missing {
  readonly missing: string;
}

async function readRun(
  to: Connection,
  branch: string,
  commit?: string,
): Promise<BaseCoverage | Missing | NotCompared> {
  const run = await findPushRun(to, { file: workflow, branch, commit });
  if (run.kind !== "ok") return notHeard(run);
  if (!run.value) {
    return { missing: `GitHub shows no green run of ${workflow} for a push to \`${branch}\`` };
  }
  const read = await readArtifact(to, run.value);
  if ("missing" in read || "unknown" in read) return read;
  return { ...read, branch, commit: run.value.sha };
}

/** The artifact comes from a job that ran tests: it is data, and only coverage is read of it. */
async function readArtifact(
  to: Connection,
  { id, sha }: PushRun,
): Promise<BaseCoverage | Missing | NotCompared> {
  const whose = `the artifact \`${artifactName}\` of the base's run at \`${sha.slice(0, 12)}\``;
  const wanted = { run: id, artifact: artifactName, file: fileName, longestZip, longestFile };
  const read = await readArtifactFile(to, wanted);
  switch (read.kind) {
    case "not-heard":
      return notHeard(read.failure);
    case "absent":
      return { missing: `${whose} is not there` };
    case "expired":
      return { missing: `${whose} has expired` };
    case "unreadable":
      return { missing: `${whose} ${read.reason}` };
    case "found":
      return readBaseCoverage(jsonIn(read.content)) ?? { missing: `${whose} ${unknownForm}` };
  }
}

const unknownForm = `cannot be read: its ${fileName} has a form that is not known`;

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

function notHeard(failure: Failure): NotCompared {
  const words = describeFailure(failure);
  const mend = failure.kind === "unauthorised" ? "; it needs `actions: read`" : "";
  return { unknown: `${words}${mend}` };
}
