import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { rolledBack, sampleTold } from "../../../test/notify/told.ts";
import { rollback, verdict } from "../verdict.ts";
import { discordMessage } from "./discord.ts";
import { incidentText, incidentTitle, resolvedText } from "./incident-text.ts";
import { datadogEvent, markerOf, sentryRelease } from "./markers.ts";
import { messageOf } from "./message.ts";
import { slackMessage } from "./slack.ts";
import type { Told } from "./told.ts";

const slackOf = (told: Told) => slackMessage(messageOf(told));
const discordOf = (told: Told) => discordMessage(messageOf(told));
const textOf = (told: Told): string => slackOf(told).blocks[0]?.text.text ?? "";
const embedOf = (told: Told): string => discordOf(told).embeds[0]?.description ?? "";

describe("Slack", () => {
  it("hears of a good deploy in the form that the seed gives", () => {
    expect(slackOf(sampleTold({ commit: "abc123" }))).toEqual({
      text: "✅ Production Deployment Successful",
      blocks: [
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: "*Production Deployment*\n\n*Version:* v1.1.0\n*Commit:* abc123\n*Deployed by:* @developer\n*Duration:* 4m 32s\n*Coverage:* 75.2%\n\n<https://rose-production.railway.app/|View Production> | <https://github.com/org/repo/actions/runs/123|View Workflow>",
            verbatim: true,
          },
        },
      ],
    });
  });

  it("hears of a failed one in the seed's form, with what serves and the way back", () => {
    const told = rolledBack({ version: undefined, commit: "abc123" });
    expect(slackOf(told).text).toBe("🚨 Production deployment failed");
    const text = textOf(told);
    expect(text).toMatch(
      /^\*Production Deployment Failed\*\n\nCommit: abc123\nWorkflow: 2026-11-23-0930-4f2a\n/,
    );
    expect(text).toContain("Verdict: unhealthy: production saw the new version live");
    expect(text).toContain("Rollback: done");
    expect(text).toContain("Serves now: v1.0.0, deployment dep-3");
    expect(text).toContain("Action required: Check logs");
    expect(text).toContain("`gantry rollback --env production --to dep-1`");
  });

  it("shows markup in data as the letters that it is", () => {
    const text = textOf(rolledBack({ why: ["<!channel> <https://evil.test|ok> a & b"] }));
    expect(text).toContain("&lt;!channel&gt; &lt;https://evil.test|ok&gt; a &amp; b");
  });
});

describe.each([
  ["failed", "THE ROLLBACK FAILED"],
  ["impossible", "NOT ROLLED BACK"],
] as const)("a rollback that is %s", (outcome, words) => {
  const told = rolledBack({ rollback: outcome });

  test("is said first, everywhere", () => {
    expect(slackOf(told).text).toMatch(new RegExp(`^🚨 ${words}`));
    expect(textOf(told)).toMatch(new RegExp(`^\\*${words}`));
    expect(discordOf(told).content).toMatch(new RegExp(`^🚨 ${words}`));
    expect(embedOf(told)).toMatch(new RegExp(`^\\*\\*${words}`));
    const [first] = incidentText(told)
      .replaceAll(/<!--.*?-->/g, "")
      .trim()
      .split("\n");
    expect(first).toContain(words);
  });
});

describe("Discord", () => {
  it("hears the same facts in its own form, and calls nobody", () => {
    expect(discordOf(sampleTold({ commit: "abc123" }))).toEqual({
      content: "✅ Production Deployment Successful",
      embeds: [
        {
          title: "Production Deployment",
          description:
            "**Version:** v1.1.0\n**Commit:** abc123\n**Deployed by:** @\u2060developer\n**Duration:** 4m 32s\n**Coverage:** 75.2%\n\n[View Production](https://rose-production.railway.app/) | [View Workflow](https://github.com/org/repo/actions/runs/123)",
          color: 0x2da44e,
        },
      ],
      allowed_mentions: { parse: [] },
    });
  });
});

test.each([
  ["cancelled", "⚠️ Production deployment cancelled"],
  ["unknown", "⚠️ Production deployment ended unknown"],
  ["unproven", "⚠️ Production deployment not proven"],
] as const)("%s is told as what it is", (word, headline) => {
  expect(slackOf(sampleTold({ verdict: word })).text).toBe(headline);
});

describe("release markers", () => {
  it("name what was proven, and after a rollback what serves again", () => {
    expect(markerOf(sampleTold())?.version).toBe("v1.1.0");
    expect(markerOf(rolledBack())?.version).toBe("v1.0.0");
    expect(markerOf(rolledBack({ rollback: "failed" }))).toBeUndefined();
    expect(markerOf(sampleTold({ begun: false }))).toBeUndefined();
  });

  it("make a name of the version that Sentry takes", () => {
    const sentry = { organisation: "a/b", projects: ["rose"], token: "T", url: "https://s.test" };
    const told = sampleTold({ version: "web/v1 x" });
    const marker = markerOf(told);
    if (!marker) throw new Error("there is one");
    expect(sentryRelease(marker, told, sentry)).toMatchObject({
      releases: "https://s.test/api/0/organizations/a%2Fb/releases/",
      deploys: "https://s.test/api/0/organizations/a%2Fb/releases/web-v1-x/deploys/",
      release: { version: "web-v1-x", projects: ["rose"] },
      deploy: {
        environment: "production",
        dateStarted: "2026-11-23T08:00:00.000Z",
        dateFinished: "2026-11-23T08:04:32.000Z",
      },
    });
  });
});

/** Text as an attacker or an error would have it: long, and full of signs that mean something. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          "@everyone",
          "@here",
          "@channel",
          "<!channel>",
          "<@U1>",
          "<#C1>",
          "&",
          "<",
          ">",
          "|",
          "`",
        ],
        ...["](https://evil.test)", "\n", "\u200b", "@\u200beveryone", "<!--", "-->", "```", "😀"],
        ..."&<>".split("").map((sign) => sign.repeat(900)),
      ),
      fc.string({ unit: "binary", maxLength: 400 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const url = fc.oneof(
  fc.webUrl(),
  nasty,
  fc.webUrl().chain((base) => nasty.map((end) => base + end)),
);
const anyTold: fc.Arbitrary<Told> = fc
  .record({
    environment: fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/),
    kind: fc.constantFrom("deploy", "rollback", "promote"),
    verdict: fc.constantFrom(...verdict.options),
    rollback: fc.constantFrom(...rollback.options),
    commit: nasty,
    version: nasty,
    actor: nasty,
    attempt: nasty,
    runId: nasty,
    runUrl: url,
    url,
    before: nasty,
    application: nasty,
    why: fc.array(nasty, { maxLength: 60 }),
    serving: fc.record({ id: nasty, version: nasty }),
    events: fc.array(fc.record({ at: nasty, event: nasty, about: nasty }), { maxLength: 150 }),
  })
  .map((parts) => sampleTold(parts));

describe("whatever stands in the facts", () => {
  test("no message is longer than its service takes", () => {
    fc.assert(
      fc.property(anyTold, (told) => {
        expect(textOf(told).length).toBeLessThanOrEqual(3000);
        expect(JSON.stringify(slackOf(told)).length).toBeLessThanOrEqual(40_000);
        const { content, embeds } = discordOf(told);
        expect(content.length).toBeLessThanOrEqual(2000);
        expect(embeds[0]?.title.length).toBeLessThanOrEqual(256);
        expect(embeds[0]?.description.length).toBeLessThanOrEqual(4096);
        expect(incidentText(told).length).toBeLessThan(65_000);
        expect(incidentTitle(told).length).toBeLessThanOrEqual(256);
        const marker = {
          version: "v1",
          environment: "p",
          startedAt: undefined,
          finishedAt: undefined,
        };
        const event = datadogEvent(marker, told) as { text: string; title: string };
        expect(event.text.length).toBeLessThanOrEqual(4000);
        expect(event.title.length).toBeLessThanOrEqual(100);
      }),
    );
  });

  test.each(["&", "@everyone ", "_", "x"])(
    "a flood of %j is cut, and fills the room there is",
    (sign) => {
      const told = rolledBack({ why: Array(60).fill(sign.repeat(900)) });
      expect(textOf(told).length).toBeLessThanOrEqual(3000);
      expect(textOf(told).length).toBeGreaterThan(2600);
      expect(embedOf(told).length).toBeLessThanOrEqual(4096);
      expect(embedOf(told).length).toBeGreaterThan(3600);
      expect(textOf(told)).toMatch(/View Workflow>$/);
    },
  );

  test("nobody is called", () => {
    fc.assert(
      fc.property(anyTold, (told) => {
        const slack = `${slackOf(told).text}\n${textOf(told)}`;
        // What is left between angle brackets is a link of our own.
        const [marked, links] = [
          slack.match(/<[^>]*>?/g) ?? [],
          /^<https?:\/\/[^<>|\s]+\|View [\w-]+>$/,
        ];
        expect(marked.filter((one) => !links.test(one))).toEqual([]);
        expect(slack).not.toMatch(/@(everyone|here|channel|group)/i);
        const { content, embeds, allowed_mentions } = discordOf(told);
        expect(allowed_mentions).toEqual({ parse: [] });
        const discord = `${content}\n${embeds[0]?.title}\n${embeds[0]?.description}`;
        expect(discord).not.toMatch(/@(everyone|here)|(?<!\\)<[@#]/i);
        const issue = incidentText(told).replaceAll(/(`+)[\s\S]*?\1/g, "");
        expect(issue).not.toMatch(/@\w/);
        expect(resolvedText(told).replaceAll(/(`+)[\s\S]*?\1/g, "")).not.toMatch(/@\w/);
      }),
    );
  });

  test("no message holds half a character", () => {
    fc.assert(
      fc.property(anyTold, (told) => {
        const all = textOf(told) + embedOf(told) + incidentText(told);
        expect(all.isWellFormed()).toBe(true);
      }),
    );
  });
});
