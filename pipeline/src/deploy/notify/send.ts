import type { Notify } from "../../config/config.ts";
import { type Answer, refused, thenOk } from "../../network/answer.ts";
import { unusableToken } from "../../network/exchange.ts";
import type { Network } from "../../network/network.ts";
import { postJson } from "../../network/post-json.ts";
import { isPrivate } from "../../network/private-address.ts";
import { discordMessage } from "./discord.ts";
import { datadogEvent, type Marker, sentryRelease } from "./markers.ts";
import { messageOf } from "./message.ts";
import { slackMessage } from "./slack.ts";
import type { Told } from "./told.ts";

/** Tells a chat, once; after a lost answer it may have been heard, and is not said again. */
export function tellChat(
  network: Network,
  chat: "slack" | "discord",
  webhook: string,
  told: Told,
): Promise<Answer<undefined>> {
  const message = messageOf(told);
  const body = chat === "slack" ? slackMessage(message) : discordMessage(message);
  return post(network, { url: webhook, body });
}

interface Marked {
  readonly marker: Marker;
  readonly told: Told;
}

/** Makes the release where there is none, and notes that it was deployed. */
export async function tellSentry(
  network: Network,
  sentry: NonNullable<Notify["sentry"]>,
  token: string,
  { marker, told }: Marked,
): Promise<Answer<undefined>> {
  const unusable = unusableToken(token);
  if (unusable) return unusable;
  const { releases, deploys, release, deploy } = sentryRelease(marker, told, sentry);
  const known = { headers: { Authorization: `Bearer ${token}` }, secrets: [token] };
  const made = await post(network, { ...known, url: releases, body: release });
  return thenOk(made, () => post(network, { ...known, url: deploys, body: deploy }));
}

export async function tellDatadog(
  network: Network,
  { url }: NonNullable<Notify["datadog"]>,
  key: string,
  { marker, told }: Marked,
): Promise<Answer<undefined>> {
  const unusable = unusableToken(key);
  if (unusable) return unusable;
  return post(network, {
    url: `${url}/api/v1/events`,
    body: datadogEvent(marker, told),
    headers: { "DD-API-KEY": key },
    secrets: [key],
  });
}

/** Webhooks, tokens and keys go nowhere where somebody in between could read them. */
async function post(
  network: Network,
  request: Parameters<typeof postJson>[1],
): Promise<Answer<undefined>> {
  return isPrivate(request.url)
    ? postJson(network, request)
    : refused("its address does not begin with https://, so nothing was sent", 400);
}
