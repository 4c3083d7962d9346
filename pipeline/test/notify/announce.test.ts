import { afterEach, describe, expect, it, test } from "vitest";
import type { Notify } from "../../src/config/config.ts";
import { announce } from "../../src/deploy/notify/announce.ts";
import type { Told } from "../../src/deploy/notify/told.ts";
import { openNetwork } from "../../src/network/network.ts";
import { rolledBack, sampleTold } from "./told.ts";
import { closedAddress, openWebhook, saying, type Webhook } from "./webhook.ts";

const open: Webhook[] = [];
const webhook = async (...answer: Parameters<typeof openWebhook>): Promise<Webhook> => {
  const one = await openWebhook(...answer);
  open.push(one);
  return one;
};
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

/** Nobody waits for a second try. */
const network = openNetwork({ sleep: async () => {}, limits: { attempts: 2 } });
const hasty = openNetwork({ sleep: async () => {}, limits: { attempts: 2, requestSeconds: 0.2 } });

function tell(told: Told, notify: Partial<Notify>, secrets: Readonly<Record<string, string>> = {}) {
  const all: Notify = { incidents: [], ...notify };
  return announce({
    told,
    notify: all,
    secret: (name) => secrets[name],
    network,
    github: undefined,
  });
}

const slack = { slack: "HOOK" };
const toSlack = (told: Told, url: string) => tell(told, slack, { HOOK: url });

test("Slack and Discord are told, each in its form", async () => {
  const [one, two] = [await webhook(), await webhook(saying(204, ""))];
  const notify = { slack: "ONE", discord: "TWO" };
  const secrets = { ONE: `${one.url}\n`, TWO: two.url };
  const announced = await tell(sampleTold(), notify, secrets);
  expect(announced).toEqual({ warnings: [], notes: [] });
  expect(one.posted).toHaveLength(1);
  expect(one.posted[0]).toMatchObject({
    path: "/services/T0/B0/very-secret-part",
    body: { text: "✅ Production Deployment Successful", blocks: [{ type: "section" }] },
  });
  expect(two.posted[0]?.body).toMatchObject({ allowed_mentions: { parse: [] } });
});

describe("a webhook that does not hear", () => {
  const sure = "Slack was not told of the deploy: ";
  const unsure = "Slack may not have heard of the deploy: ";
  it.each([
    ["says 400", saying(400, "invalid_payload"), `${sure}Slack refused: invalid_payload`],
    ["says 404", saying(404, "no_service"), `${sure}Slack refused: no_service`],
    ["finds it too long", saying(400, "msg_too_long"), `${sure}Slack refused: msg_too_long`],
    [
      "says 403",
      saying(403, ""),
      `${sure}Slack does not accept the token for this: HTTP status 403`,
    ],
    ["says 500", saying(500, ""), `${unsure}Slack gave no usable answer: HTTP status 500`],
    [
      "leads elsewhere",
      saying(302, "", { Location: "https://evil.test" }),
      `${sure}Slack refused: HTTP status 302`,
    ],
  ])("%s: a warning, and it is asked once", async (_, answer, warning) => {
    const { url, posted } = await webhook(answer);
    expect(await toSlack(sampleTold(), url)).toEqual({ warnings: [warning], notes: [] });
    expect(posted).toHaveLength(1);
  });

  it("is slow: a warning when the time is over", async () => {
    const { url, posted } = await webhook(() => {});
    const secret = () => url;
    const notify = { ...slack, incidents: [] };
    const told = sampleTold();
    const announced = await announce({ told, notify, secret, network: hasty, github: undefined });
    expect(announced.warnings).toEqual([
      `${unsure}Slack gave no usable answer: no answer within 0.2 s`,
    ]);
    expect(posted.length).toBeLessThanOrEqual(1);
  });

  it("repeats its own address: the warning does not", async () => {
    const { url } = await webhook((response) => saying(410, `gone: ${url}`)(response, 1));
    const { warnings } = await toSlack(sampleTold(), url);
    expect(warnings).toEqual([`${sure}Slack refused: gone: ***`]);
  });

  it("is down: a warning, without its address", async () => {
    const { warnings } = await toSlack(sampleTold(), await closedAddress());
    expect(warnings[0]).toMatch(/^Slack was not told of the deploy: .*nothing listens there/);
    expect(warnings.join()).not.toContain("very-secret-part");
  });

  it.each(["no address", "http://hooks.example/x", "file:///etc/passwd"])(
    "is %s: nothing is sent",
    async (url) => {
      const { warnings } = await toSlack(sampleTold(), url);
      expect(warnings).toEqual([expect.stringContaining("does not begin with https://")]);
    },
  );

  it("keeps nobody else from hearing", async () => {
    const well = await webhook();
    const notify = { slack: "DOWN", discord: "UP" };
    const secrets = { DOWN: await closedAddress(), UP: well.url };
    const { warnings } = await tell(sampleTold(), notify, secrets);
    expect([warnings.length, well.posted.length]).toEqual([1, 1]);
  });
});

test("a secret that is not set: nothing is sent, and one note", async () => {
  expect(await tell(sampleTold(), slack, { HOOK: " " })).toEqual({
    warnings: [],
    notes: ["Slack was not told: the secret HOOK is not set"],
  });
});

test.each([
  sampleTold({ begun: false, sent: false }),
  sampleTold({ verdict: "locked", begun: false }),
])("a deploy that did nothing is not told", async (told) => {
  const { url, posted } = await webhook();
  expect(await toSlack(told, url)).toEqual({ warnings: [], notes: [] });
  expect(posted).toEqual([]);
});

describe("release markers", () => {
  const sentryAt = (url: string) => ({
    organisation: "acme",
    projects: ["rose"],
    token: "SENTRY_AUTH_TOKEN",
    url: new URL(url).origin,
  });

  it("go to Sentry: the release, then its deploy", async () => {
    const server = await webhook(saying(201, "{}"));
    const secrets = { SENTRY_AUTH_TOKEN: "sntrys_token" };
    const announced = await tell(sampleTold(), { sentry: sentryAt(server.url) }, secrets);
    expect(announced).toEqual({ warnings: [], notes: [] });
    const base = "/api/0/organizations/acme/releases/";
    expect(server.posted.map(({ path }) => path)).toEqual([base, `${base}v1.1.0/deploys/`]);
    expect(server.posted.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer sntrys_token",
      "Bearer sntrys_token",
    ]);
    expect(server.posted.map(({ body }) => body)).toMatchObject([
      { version: "v1.1.0", projects: ["rose"] },
      { environment: "production", url: "https://rose-production.railway.app" },
    ]);
  });

  it("note no deploy of a release that Sentry did not take", async () => {
    const server = await webhook(saying(400, '{"projects":["Invalid project ids or slugs"]}'));
    const secrets = { SENTRY_AUTH_TOKEN: "sntrys_token" };
    const { warnings } = await tell(sampleTold(), { sentry: sentryAt(server.url) }, secrets);
    expect(warnings).toEqual([expect.stringContaining("Invalid project ids")]);
    expect(server.posted).toHaveLength(1);
  });

  it("go to Datadog, with the key in a header and what serves as the version", async () => {
    const server = await webhook(saying(202, '{"status":"ok"}'));
    const datadog = { key: "DATADOG_API_KEY", url: new URL(server.url).origin };
    await tell(rolledBack(), { datadog }, { DATADOG_API_KEY: "dd-key" });
    expect(server.posted[0]).toMatchObject({
      path: "/api/v1/events",
      headers: { "dd-api-key": "dd-key" },
      body: {
        title: "🚨 Production deployment failed",
        alert_type: "error",
        tags: ["env:production", "service:rose", "version:v1.0.0", "deploy_verdict:unhealthy"],
      },
    });
  });

  it("are not made where nothing new is proven", async () => {
    const server = await webhook();
    const notify = {
      sentry: sentryAt(server.url),
      datadog: { key: "DATADOG_API_KEY", url: new URL(server.url).origin },
    };
    const secrets = { DATADOG_API_KEY: "dd-key", SENTRY_AUTH_TOKEN: "token" };
    await tell(rolledBack({ rollback: "failed" }), notify, secrets);
    expect(server.posted).toEqual([]);
  });

  it("are warned of where the token could not even be sent", async () => {
    const server = await webhook();
    const datadog = { key: "DATADOG_API_KEY", url: new URL(server.url).origin };
    const { warnings } = await tell(sampleTold(), { datadog }, { DATADOG_API_KEY: "dd\nkey" });
    expect(warnings).toEqual([expect.stringContaining("holds characters that no token has")]);
    expect(server.posted).toEqual([]);
  });
});
