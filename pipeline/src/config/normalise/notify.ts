import type { Notify } from "../config.ts";
import type { ParsedConfig } from "../written.ts";

type Written = NonNullable<ParsedConfig["notify"]>;

export function normaliseNotify({ notify = {} }: ParsedConfig): Notify {
  const { slack, discord, incidents = ["production"], sentry, datadog } = notify;
  return {
    ...(slack && { slack }),
    ...(discord && { discord }),
    incidents: incidents === false ? [] : incidents,
    ...(sentry && { sentry: sentryOf(sentry) }),
    ...(datadog && { datadog: datadogOf(datadog) }),
  };
}

function sentryOf(written: NonNullable<Written["sentry"]>): NonNullable<Notify["sentry"]> {
  const { organisation, projects, token = "SENTRY_AUTH_TOKEN", url } = written;
  return { organisation, projects, token, url: bare(url ?? "https://sentry.io") };
}

function datadogOf(written: NonNullable<Written["datadog"]>): NonNullable<Notify["datadog"]> {
  const { site = "datadoghq.com", key = "DATADOG_API_KEY", url } = written;
  return { key, url: bare(url ?? `https://api.${site}`) };
}

function bare(url: string): string {
  return url.replace(/\/+$/, "");
}
