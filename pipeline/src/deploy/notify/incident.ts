import {
  type Answer,
  actOnce,
  type Connection,
  closeIssue,
  createComment,
  createIssue,
  ensureLabel,
  findIssue,
  type Issue,
  listComments,
  listIssues,
} from "../../github/client/index.ts";
import { mapOk, ok, thenOk } from "../../network/answer.ts";
import {
  attemptMark,
  incidentLabels,
  incidentMark,
  incidentText,
  incidentTitle,
  resolvedText,
} from "./incident-text.ts";
import type { Told } from "./told.ts";

/** What was done on GitHub about a deploy. */
export interface IncidentNews {
  readonly kind: "opened" | "commented" | "closed";
  readonly url: string;
}

/** One open incident per environment: opens it, or says on it what happened this time. */
export async function reportIncident(
  connection: Connection,
  told: Told,
): Promise<Answer<IncidentNews>> {
  const { environment } = told;
  const labelled = await makeLabels(connection, environment);
  if (labelled.kind !== "ok") return labelled;
  const opened = await actOnce(connection, {
    look: async () => mapOk(await openIncidents(connection, environment), ([oldest]) => oldest),
    act: () =>
      createIssue(connection, {
        title: incidentTitle(told),
        body: incidentText(told),
        labels: incidentLabels(environment),
      }),
  });
  return thenOk(opened, async ({ value: issue, made }) => {
    if (made) return ok({ kind: "opened", url: issue.url });
    const said = await say(connection, issue, told, incidentText(told));
    return mapOk(said, (): IncidentNews => ({ kind: "commented", url: issue.url }));
  });
}

/** The environment is proven to be well: says so on its open incidents, and closes them. */
export async function resolveIncidents(
  connection: Connection,
  told: Told,
): Promise<Answer<readonly IncidentNews[]>> {
  const open = await openIncidents(connection, told.environment);
  if (open.kind !== "ok") return open;
  const closed: IncidentNews[] = [];
  for (const issue of open.value) {
    const said = await say(connection, issue, told, resolvedText(told));
    if (said.kind !== "ok") return said;
    const done = await close(connection, issue);
    if (done.kind !== "ok") return done;
    closed.push({ kind: "closed", url: issue.url });
  }
  return ok(closed);
}

/** Oldest first. */
async function openIncidents(
  connection: Connection,
  environment: string,
): Promise<Answer<readonly Issue[]>> {
  const labels = incidentLabels(environment);
  const listed = await listIssues(connection, { labels, state: "open" });
  const mark = incidentMark(environment);
  return mapOk(listed, (issues) =>
    issues.filter(({ body }) => body.includes(mark)).toSorted((a, b) => a.number - b.number),
  );
}

/** Comments once on an attempt; a repeated run finds what an earlier one has said. */
function say(
  connection: Connection,
  { number, body }: Issue,
  told: Told,
  text: string,
): Promise<Answer<unknown>> {
  const mark = attemptMark(told);
  if (body.includes(mark)) return Promise.resolve(ok(undefined));
  return actOnce(connection, {
    look: async () =>
      mapOk(await listComments(connection, number), (comments) =>
        comments.find((comment) => comment.body.includes(mark)),
      ),
    act: () => createComment(connection, number, text),
  });
}

function close(connection: Connection, { number }: Issue): Promise<Answer<unknown>> {
  return actOnce(connection, {
    look: async () =>
      mapOk(await findIssue(connection, number), (issue) =>
        issue?.state === "closed" ? issue : undefined,
      ),
    act: () => closeIssue(connection, number),
  });
}

async function makeLabels(connection: Connection, environment: string): Promise<Answer<unknown>> {
  const [incident, deploy] = incidentLabels(environment);
  const first = await ensureLabel(connection, {
    name: incident,
    color: "b60205",
    description: "Something that people use does not work as it should",
  });
  return thenOk(first, () =>
    ensureLabel(connection, {
      name: deploy,
      color: "0e8a16",
      description: `Deploys to ${environment}`.slice(0, 100),
    }),
  );
}
