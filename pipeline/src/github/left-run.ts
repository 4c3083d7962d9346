import { fail, ok, type Problem, type Result } from "../errors/problem.ts";
import type { Run } from "../execute/run.ts";
import { stampOf } from "../report/markdown/comment/stamp.ts";
import { readForeignRun } from "../reproduce/read-run.ts";
import { type ArtifactFile, readArtifactFile } from "./artifact-file.ts";
import {
  type Connection,
  describeFailure,
  type Failure,
  findWorkflowRun,
  type WorkflowRun,
} from "./client/index.ts";

export interface WantedRun {
  /** GitHub's number. */
  readonly id: number;
  readonly attempt?: number | undefined;
}

/** A run as its job on GitHub left it. */
export interface LeftRun {
  readonly run: Run;
  readonly url: string;
}

/** The artifact of the checks that holds the whole run; it has logs and reports too. */
const artifact = "test-results";
const file = "run.json";
const longestZip = 256 * 1024 * 1024;
const longestFile = 64 * 1024 * 1024;

/** The run that a workflow of ours left on GitHub. It is data of a job that ran tests, and read as such. */
export async function findLeftRun(to: Connection, wanted: WantedRun): Promise<Result<LeftRun>> {
  const { id, attempt } = wanted;
  const found = await findWorkflowRun(to, id);
  if (found.kind !== "ok") return fail(notHeard(found));
  const there = found.value;
  if (!there || (attempt !== undefined && attempt > there.attempt)) {
    return fail(unknownRun(to, wanted, there));
  }
  const search = { run: id, artifact, file, longestZip, longestFile };
  const read = await readArtifactFile(patient(to), search);
  if (read.kind !== "found") return fail(notHad(read, there));
  const run = readForeignRun(read.content.toString("utf8"), `${artifact}/${file}`);
  return run.ok ? checked(run.value, there, wanted) : run;
}

/** Logs and reports come with it, and a laptop's line may be slow. */
function patient(to: Connection): Connection {
  const { requestSeconds, uploadSeconds, attempts, ...limits } = to.limits;
  return {
    ...to,
    limits: {
      ...limits,
      uploadSeconds,
      requestSeconds: Math.max(requestSeconds, uploadSeconds),
      attempts: Math.min(2, attempts),
    },
  };
}

/** What the artifact says has to be what GitHub itself says; of a fork it may say anything. */
function checked(run: Run, there: WorkflowRun, { id, attempt }: WantedRun): Result<LeftRun> {
  const { trigger } = run.plan;
  const own = stampOf(run).run;
  if (own && own.id !== id) return fail(strange(id, `is that of run ${own.id}`, anew(id)));
  if (own && attempt !== undefined && own.attempt !== attempt) {
    const why = `is that of attempt ${own.attempt}: GitHub keeps those of the last one alone`;
    return fail(
      strange(id, why, `leave \`/attempts/${attempt}\` out to reproduce the last attempt`),
    );
  }
  if (![trigger.commit, trigger.checkedOut].includes(there.sha)) {
    const why = `tells of commit ${trigger.commit.slice(0, 12)}, and GitHub of ${there.sha.slice(0, 12)}`;
    return fail(strange(id, why, anew(id)));
  }
  const fork = trigger.fork || there.fork;
  return ok({
    run: { ...run, plan: { ...run.plan, trigger: { ...trigger, fork } } },
    url: there.url,
  });
}

function notHad(read: Exclude<ArtifactFile, { kind: "found" }>, there: WorkflowRun): Problem {
  const { id, ended } = there;
  switch (read.kind) {
    case "not-heard":
      return notHeard(read.failure);
    case "expired":
      return strange(id, "has expired", anew(id));
    case "unreadable":
      return strange(id, read.reason, byHand(id));
    case "absent":
      return ended ? nothingLeft(there) : unfinished(id);
  }
}

function unfinished(id: number): Problem {
  return {
    code: "GANTRY-RUN-UNFINISHED",
    message: `run ${id} still goes, and its checks have left nothing yet`,
    mend: `wait for it (\`gh run watch ${id}\`), then say this again`,
  };
}

function nothingLeft({ id, file: workflow }: WorkflowRun): Problem {
  const name = JSON.stringify(workflow.slice(0, 200));
  return {
    code: "GANTRY-RUN-ARTIFACT",
    message: `run ${id} of the workflow ${name} left no artifact \`${artifact}\``,
    mend: workflow.endsWith("/pr-validation.yml")
      ? "`gantry pr-checks` asks the same here"
      : "name a run of the workflow `ci-cd.yml` that `gantry init` writes, whose job `checks` has ended",
  };
}

function strange(id: number, why: string, mend: string): Problem {
  return {
    code: "GANTRY-RUN-ARTIFACT",
    message: `the artifact \`${artifact}\` of run ${id} ${why}`,
    mend,
  };
}

function anew(id: number): string {
  return `let GitHub run it again (\`gh run rerun ${id}\`), and say this again when it has ended`;
}

function byHand(id: number): string {
  return `fetch it yourself (\`gh run download ${id} --name ${artifact} --dir FOLDER\`), then \`gantry reproduce FOLDER\``;
}

function unknownRun(
  { repository }: Connection,
  { id, attempt }: WantedRun,
  there: WorkflowRun | undefined,
): Problem {
  const name = `${repository.owner}/${repository.name}`;
  return {
    code: "GANTRY-RUN-NOT-FOUND",
    message: there
      ? `run ${id} of ${name} has no attempt ${attempt}: its last is ${there.attempt}`
      : `GitHub shows no run ${id} in ${name}`,
    mend: there
      ? "name an attempt that there is, or none for the last one"
      : "look at the number and the repository; in a private one the token needs `actions: read`",
  };
}

function notHeard(failure: Failure): Problem {
  const message = describeFailure(failure);
  if (failure.kind !== "unauthorised") {
    return { code: "GANTRY-GITHUB-FAILED", message, mend: "say it again in a while" };
  }
  return {
    code: "GANTRY-GITHUB-PERMISSION",
    message,
    mend: "set GITHUB_TOKEN to a token with `actions: read` for this repository: `GITHUB_TOKEN=$(gh auth token)` with GitHub's own command line",
  };
}
