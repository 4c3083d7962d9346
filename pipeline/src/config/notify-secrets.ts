import type { Notify } from "./config.ts";

/** The secrets that announcements are made with, by name. */
export function notifySecrets({ slack, discord, sentry, datadog }: Notify): readonly string[] {
  return [slack, discord, sentry?.token, datadog?.key].filter((name) => name !== undefined);
}
