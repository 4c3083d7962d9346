import type { Environment } from "../../config/config.ts";
import { breaksIn } from "../../deploy/records/history.ts";
import { readStandings } from "../../deploy/records/journal.ts";
import { noRecord } from "../../deploy/records/no-record.ts";
import { deployFacts } from "../../deploy/shown/deploy-facts.ts";
import type { Problem } from "../../errors/problem.ts";
import { commitDates } from "../../host/commit-dates.ts";
import type { DeployFact, EnvironmentFacts } from "../../report/dashboard/facts.ts";
import { openRecord } from "../environment/open.ts";
import type { Project } from "../project.ts";

/** Each attempt at a remote place is a question of its own. */
const mostAttempts = { local: 5000, railway: 200 } as const;

/** An environment's record; where it cannot be read, it says why. */
export async function readRecord(
  environment: Environment,
  project: Project,
  env: NodeJS.ProcessEnv,
): Promise<EnvironmentFacts> {
  const { name, provider } = environment;
  const most = mostAttempts[provider];
  const none = { name, provider, deploys: [], cut: false, breaks: 0 };
  const opened = await openRecord(environment, project, env);
  if (!opened.ok) return { ...none, place: "not to be asked", unavailable: why(opened.problems) };
  const store = opened.value;
  const read = await readStandings(store, most);
  if (read.kind !== "ok") {
    const told = noRecord({ store, environment }, read);
    return { ...none, place: store.place, unavailable: told.ok ? "" : why(told.problems) };
  }
  return {
    name,
    provider,
    place: store.place,
    deploys: deployFacts(read.value),
    cut: read.value.length >= most,
    breaks: breaksIn(read.value.map(({ attempt }) => attempt)).length,
  };
}

function why(problems: readonly Problem[]): string {
  const clauses = problems.flatMap(({ message }) => message.split("; "));
  const codes = problems.map(({ code }) => code);
  return `${[...new Set(clauses)].join("; ")} (${[...new Set(codes)].join(", ")})`;
}

const mostBefore = 50;

/** Adds when the commits were made that each proven deployment brought first. */
export async function withChanges(
  facts: EnvironmentFacts,
  root: string,
): Promise<EnvironmentFacts> {
  const before: string[] = [];
  const deploys: DeployFact[] = [];
  for (const deploy of facts.deploys) {
    const brings = deploy.end === "proven" && deploy.kind !== "rollback";
    const changes = brings
      ? await commitDates(root, deploy.commit, before.slice(-mostBefore))
      : undefined;
    if (brings) before.push(deploy.commit);
    deploys.push(changes ? { ...deploy, changes } : deploy);
  }
  return { ...facts, deploys };
}
