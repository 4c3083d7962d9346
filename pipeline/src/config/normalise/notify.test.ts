import { expect, test } from "vitest";
import { configOf, configProblems } from "../../../test/builders/config.ts";

test("nobody is told unless that is written, and production alone opens incidents", () => {
  expect(configOf("name: rose\n").notify).toEqual({ incidents: ["production"] });
  expect(configOf("notify: { incidents: false }\n").notify).toEqual({ incidents: [] });
});

test("what is not written of a service has its usual value", () => {
  const text = `notify:
  slack: SLACK_WEBHOOK_URL
  discord: DISCORD_WEBHOOK_URL
  sentry: { organisation: acme, projects: [rose] }
  datadog: { site: datadoghq.eu }
`;
  expect(configOf(text).notify).toEqual({
    slack: "SLACK_WEBHOOK_URL",
    discord: "DISCORD_WEBHOOK_URL",
    incidents: ["production"],
    sentry: {
      organisation: "acme",
      projects: ["rose"],
      token: "SENTRY_AUTH_TOKEN",
      url: "https://sentry.io",
    },
    datadog: { key: "DATADOG_API_KEY", url: "https://api.datadoghq.eu" },
  });
});

test("a server of one's own is asked at its address, whatever slash it ends in", () => {
  const text = `notify:
  sentry: { organisation: acme, projects: [rose], token: MINE, url: "https://sentry.acme.test/" }
  datadog: { key: DD_API_KEY, url: "https://dd.acme.test/" }
`;
  const { sentry, datadog } = configOf(text).notify;
  expect(sentry).toMatchObject({ token: "MINE", url: "https://sentry.acme.test" });
  expect(datadog).toEqual({ key: "DD_API_KEY", url: "https://dd.acme.test" });
});

test.each([
  "slack: https://hooks.slack.com/services/T0/B0/x",
  "sentry: { organisation: acme, projects: [] }",
  "datadog: { site: https://datadoghq.eu }",
])("%s is turned down", (line) => {
  expect(configProblems(`notify:\n  ${line}\n`)).toHaveLength(1);
});
