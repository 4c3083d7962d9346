import type { Notify } from "../../config/config.ts";
import { escapedLine } from "./fit.ts";
import { messageOf } from "./message.ts";
import type { Told } from "./told.ts";

/** What serves from now on, for those who watch errors and times. */
export interface Marker {
  readonly version: string;
  readonly environment: string;
  readonly startedAt: string | undefined;
  readonly finishedAt: string | undefined;
}

/** After a proven deploy its version, after a rollback what serves again; else there is none. */
export function markerOf(told: Told): Marker | undefined {
  const { verdict, rollback, begun, environment, events, serving } = told;
  const now = verdict === "live" && begun ? told : rollback === "done" ? serving : undefined;
  const version = now?.version ?? now?.commit;
  if (version === undefined) return undefined;
  const [startedAt, finishedAt] = [events[0]?.at, events.at(-1)?.at];
  return { version, environment, startedAt, finishedAt };
}

type Sentry = NonNullable<Notify["sentry"]>;

export interface SentryRelease {
  readonly releases: string;
  readonly deploys: string;
  readonly release: object;
  readonly deploy: object;
}

/** A release that is there already is answered like a new one, so that both can be repeated. */
export function sentryRelease(marker: Marker, told: Told, sentry: Sentry): SentryRelease {
  const version = sentryVersion(marker.version);
  const { organisation, projects, url } = sentry;
  const releases = `${url}/api/0/organizations/${encodeURIComponent(organisation)}/releases/`;
  return {
    releases,
    deploys: `${releases}${encodeURIComponent(version)}/deploys/`,
    release: { version, projects, ...(told.runUrl && { url: told.runUrl }) },
    deploy: {
      environment: marker.environment,
      name: told.attempt.slice(0, 64),
      projects,
      ...(told.url && { url: told.url }),
      ...(marker.startedAt && { dateStarted: marker.startedAt }),
      ...(marker.finishedAt && { dateFinished: marker.finishedAt }),
    },
  };
}

/** Sentry takes no slashes and no blanks in a version, and 200 characters at most. */
function sentryVersion(version: string): string {
  const plain = version.replace(/[\s/\\]+/g, "-").slice(0, 200);
  return /^\.*$/.test(plain) ? `v${plain}` : plain;
}

/** An event with what serves now; an `@` in it would call people, and is kept from that. */
export function datadogEvent(marker: Marker, told: Told): object {
  const { headline, tone, alarm, facts } = messageOf(told);
  const named = facts.map(({ label, value }) => `${label}: ${value}`);
  const lines = [alarm, ...named, told.runUrl, ...told.why];
  const text = lines.filter((line) => line !== undefined).map((line) => plain(line, 300));
  return {
    title: plain(headline, 100),
    text: fitted(text),
    alert_type: { good: "success", bad: "error", unsure: "warning" }[tone],
    tags: [
      `env:${tag(told.environment)}`,
      `service:${tag(told.application)}`,
      `version:${tag(marker.version)}`,
      `deploy_verdict:${told.verdict}`,
    ],
    aggregation_key: `gantry:${tag(told.application)}:${told.environment}`.slice(0, 100),
  };
}

/** Datadog shows no more of a text than 4,000 characters. */
function fitted(lines: readonly string[]): string {
  return lines.join("\n").slice(0, 4000).toWellFormed();
}

function plain(text: string, most: number): string {
  return escapedLine(text, most, (char) => (char === "@" ? "@\u2060" : char));
}

function tag(text: string): string {
  return text.replace(/[^\w./-]/g, "_").slice(0, 150);
}
