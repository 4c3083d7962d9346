import type { Notify } from "../../config/config.ts";
import type { Connection } from "../../github/client/index.ts";
import { type Answer, describeFailure, type Failure, mapOk } from "../../network/answer.ts";
import type { Network } from "../../network/network.ts";
import { type IncidentNews, reportIncident, resolveIncidents } from "./incident.ts";
import { markerOf } from "./markers.ts";
import { tellChat, tellDatadog, tellSentry } from "./send.ts";
import { isIncident, isNews, type Told } from "./told.ts";

export interface Announcement {
  readonly told: Told;
  readonly notify: Notify;
  /** A secret's value by its name; nothing where it is not set. */
  readonly secret: (name: string) => string | undefined;
  readonly network: Network;
  /** Where incidents are kept; absent: none are. */
  readonly github: Connection | undefined;
}

export interface Announced {
  /** What could not be told to whom. Nothing of it changes how the deploy ended. */
  readonly warnings: readonly string[];
  /** What was done beside messages, and what was left out for want of a secret. */
  readonly notes: readonly string[];
}

/** Tells everybody who is to be told of a deploy, side by side; one who does not hear holds up no other. */
export async function announce(announcement: Announcement): Promise<Announced> {
  const jobs = [...messages(announcement), ...incidents(announcement)];
  const done = await Promise.all(jobs);
  return {
    warnings: done.flatMap(({ warnings }) => warnings),
    notes: done.flatMap(({ notes }) => notes),
  };
}

type Job = Promise<Announced>;

function messages(announcement: Announcement): readonly Job[] {
  const { told, notify, network } = announcement;
  if (!isNews(told)) return [];
  const { slack, discord, sentry, datadog } = notify;
  const marker = markerOf(told);
  const by = (service: string, secret: string, tell: (value: string) => Promise<Answer<unknown>>) =>
    withSecret(announcement, { service, secret }, tell);
  return [
    ...(slack ? [by("Slack", slack, (url) => tellChat(network, "slack", url, told))] : []),
    ...(discord ? [by("Discord", discord, (url) => tellChat(network, "discord", url, told))] : []),
    ...(sentry && marker
      ? [
          by("Sentry", sentry.token, (token) =>
            tellSentry(network, sentry, token, { marker, told }),
          ),
        ]
      : []),
    ...(datadog && marker
      ? [by("Datadog", datadog.key, (key) => tellDatadog(network, datadog, key, { marker, told }))]
      : []),
  ];
}

async function withSecret(
  { secret }: Announcement,
  whom: { readonly service: string; readonly secret: string },
  tell: (value: string) => Promise<Answer<unknown>>,
): Job {
  const value = secret(whom.secret)?.trim() ?? "";
  if (value === "") {
    const note = `${whom.service} was not told: the secret ${whom.secret} is not set`;
    return { warnings: [], notes: [note] };
  }
  const answer = await tell(value);
  if (answer.kind === "ok") return { warnings: [], notes: [] };
  return { warnings: [notTold(whom.service, answer)], notes: [] };
}

function notTold(service: string, failure: Failure): string {
  const sure = failure.kind !== "lost" || !failure.reached;
  const words = sure ? "was not told of the deploy" : "may not have heard of the deploy";
  return `${service} ${words}: ${describeFailure(service, failure)}`;
}

function incidents({ told, notify, github }: Announcement): readonly Job[] {
  if (!github || !notify.incidents.includes(told.environment)) return [];
  if (isIncident(told)) {
    return [kept(reportIncident(github, told).then((one) => mapOk(one, (news) => [news])))];
  }
  return told.verdict === "live" ? [kept(resolveIncidents(github, told))] : [];
}

async function kept(work: Promise<Answer<readonly IncidentNews[]>>): Job {
  const answer = await work;
  if (answer.kind === "ok") {
    return { warnings: [], notes: answer.value.map(({ kind, url }) => `incident ${kind}: ${url}`) };
  }
  const why = describeFailure("GitHub", answer);
  return { warnings: [`the incident on GitHub is not up to date: ${why}`], notes: [] };
}
