import type { Config } from "../../config/config.ts";
import { type Announced, announce } from "../../deploy/notify/announce.ts";
import { toldOf } from "../../deploy/notify/told.ts";
import { createRedactor, type Redactor, redactValue } from "../../execute/redact.ts";
import type { Run } from "../../execute/run.ts";
import { connectFromEnvironment } from "../../github/client/index.ts";
import { type GivenNetwork, openNetwork } from "../../network/network.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import type { Meant } from "./deploy-as-run.ts";
import type { Deployed } from "./run-deploy.ts";
import { actorOf } from "./world.ts";

export interface EndedDeploy {
  readonly run: Run;
  readonly deployed: Deployed;
  readonly meant: Meant;
}

/** Short: whoever deploys waits for it. */
const patience: GivenNetwork = {
  limits: { attempts: 2, requestSeconds: 10, longestWaitSeconds: 5, settleSeconds: 30 },
};

/**
 * Tells the world how a deploy ended. What goes wrong here is a warning in the run, and changes
 * neither its verdict nor its exit code.
 */
export async function announceDeploy(
  ended: EndedDeploy,
  { quiet }: Pick<CommonOptions, "quiet">,
  terminal: Terminal,
): Promise<Run> {
  const redactor = redactorOf(ended.meant, terminal.env);
  const { warnings, notes } = redactValue(await tell(ended, redactor, terminal), redactor);
  if (!quiet) for (const note of notes) terminal.stderr.write(`· ${note}\n`);
  for (const warning of warnings) terminal.stderr.write(`! ${warning}\n`);
  return { ...ended.run, warnings: [...ended.run.warnings, ...warnings] };
}

async function tell(
  { run, deployed, meant }: EndedDeploy,
  redactor: Redactor,
  { env }: Terminal,
): Promise<Announced> {
  const { config, trigger } = meant.project;
  const { deployment, end } = deployed;
  const repository = env.GITHUB_REPOSITORY ?? trigger.repository;
  const github = connectFromEnvironment({ ...env, GITHUB_REPOSITORY: repository }, patience);
  try {
    return await announce({
      told: toldOf({ run, deployment, end, actor: actorOf(env), redactor }),
      notify: config.notify,
      secret: (name) => env[name],
      network: openNetwork(patience),
      github: github.ok ? github.value : undefined,
    });
  } catch (error) {
    // A fault in here is a bug, and still no reason to call a deploy anything but what it was.
    return { warnings: [`the deploy was told to nobody: ${String(error)}`], notes: [] };
  }
}

/** Everything that the config calls a secret, and what the environment was opened with. */
function redactorOf({ project, opened }: Meant, env: NodeJS.ProcessEnv): Redactor {
  const values = secretNames(project.config).flatMap((name) => env[name] ?? []);
  return createRedactor([...opened.secrets, ...values]);
}

function secretNames({ secrets, notify, codecov, environments, components }: Config): string[] {
  const { slack, discord, sentry, datadog } = notify;
  const suites = components.flatMap(({ tests }) => Object.values(tests));
  return [
    ...Object.keys(secrets),
    ...suites.flatMap((suite) => suite.secrets),
    ...environments.map(({ token }) => token),
    ...[slack, discord, sentry?.token, datadog?.key, codecov?.token],
    "GITHUB_TOKEN",
  ].filter((name) => name !== undefined);
}
