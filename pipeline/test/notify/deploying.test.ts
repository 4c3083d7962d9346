import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { takeDown } from "../../src/deploy/local/down.ts";
import { run } from "../../src/execute/run.ts";
import { scratchRepository } from "../builders/repository.ts";
import { say } from "../builders/terminal.ts";
import { withoutDocker } from "../e2e/scratch.ts";
import { brokenApp, goodApp } from "../local/apps.ts";
import { startGithub } from "../stand-ins/github/stand-in.ts";
import { openWebhook, saying, type Webhook } from "./webhook.ts";

const config = `name: tiny
components:
  tiny: { path: ".", toolchain: npm, start: node app.cjs }
image: false
environments:
  production:
    provider: local
    wait: 60s
    health: { path: /health, interval: 100ms, consecutive: 2 }
    identity: { commit: commit, deployment: id }
secrets: { APP_KEY: {} }
notify: { slack: SLACK_WEBHOOK_URL, discord: DISCORD_WEBHOOK_URL }
`;

const text = ({ posted }: Webhook): string => JSON.stringify(posted.at(-1)?.body);

test("who deploys is told what the others are told of it, and no webhook changes how it ends", async () => {
  const [slack, discord] = [await openWebhook(), await openWebhook(saying(400, "bad embed"))];
  const github = await startGithub();
  const { owner, name, tokens } = github.world.options;
  const repository = await scratchRepository({
    "gantry.yaml": config,
    "package.json": '{ "name": "tiny", "version": "1.0.0", "private": true }\n',
    "app.cjs": goodApp("one"),
    ".gitignore": ".gantry\n",
  });
  const { root } = repository;
  onTestFinished(async () => {
    await takeDown({
      repository: root,
      environment: "production",
      machine: process.env,
      purge: true,
    });
    await Promise.all([slack.close(), discord.close(), github.close()]);
  });
  const env = {
    ...process.env,
    ...withoutDocker,
    GITHUB_EVENT_PATH: undefined,
    GITHUB_ACTOR: "ada-with-swordfish-key",
    APP_KEY: "swordfish-key",
    SLACK_WEBHOOK_URL: slack.url,
    DISCORD_WEBHOOK_URL: discord.url,
    GITHUB_TOKEN: tokens.write,
    GITHUB_REPOSITORY: `${owner}/${name}`,
    GITHUB_API_URL: github.address,
  };
  const deploy = async () => {
    const said = await say(["deploy", "--env", "production", "--no-color"], { cwd: root, env });
    const file = join(root, ".gantry/runs/latest/run.json");
    return { ...said, run: run.parse(JSON.parse(await readFile(file, "utf8"))) };
  };

  const first = await deploy();
  expect(first.exit, first.stderr).toBe(0);
  expect(text(slack)).toContain("✅ Production Deployment Successful");
  expect(text(slack)).toContain("*Deployed by:* @ada-with-***");
  const warning = "Discord was not told of the deploy: Discord refused: bad embed";
  expect(first.run.warnings).toContain(warning);
  expect(first.stderr).toContain(`! ${warning}\n`);
  expect(first.stderr + JSON.stringify(first.run)).not.toContain("very-secret-part");

  const same = await deploy();
  expect([same.exit, slack.posted.length]).toEqual([0, 1]);

  await repository.write("app.cjs", brokenApp);
  await repository.commit("fix: break it");
  const broken = await deploy();
  expect(broken.exit, broken.stderr).toBe(1);
  expect(text(slack)).toContain("🚨 Production deployment failed");
  expect(slack.posted).toHaveLength(2);
  expect(github.world.issues).toMatchObject([
    { state: "open", labels: ["incident", "deploy:production"] },
  ]);
  expect(github.world.issues[0]?.body).not.toContain("swordfish");

  await repository.write("app.cjs", goodApp("two"));
  await repository.commit("fix: mend it");
  expect((await deploy()).exit).toBe(0);
  expect(github.world.issues).toMatchObject([{ state: "closed" }]);
}, 180_000);
