import type { Config } from "../../config/config.ts";
import { notifySecrets } from "../../config/notify-secrets.ts";
import { announceEnd } from "../../deploy/notify/announce-end.ts";
import { createRedactor, type Redactor } from "../../execute/redact/redact.ts";
import type { Run } from "../../execute/run.ts";
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

/**
 * Tells the world how a deploy ended. What goes wrong here is a warning in the run, and changes
 * neither its verdict nor its exit code.
 */
export async function announceDeploy(
  ended: EndedDeploy,
  { quiet }: Pick<CommonOptions, "quiet">,
  terminal: Terminal,
): Promise<Run> {
  const { run, deployed, meant } = ended;
  const { env } = terminal;
  const { config, trigger } = meant.project;
  const { warnings, notes } = await announceEnd({
    run,
    deployment: deployed.deployment,
    end: deployed.end,
    actor: actorOf(env),
    redactor: redactorOf(meant, env),
    notify: config.notify,
    variables: { ...env, GITHUB_REPOSITORY: env.GITHUB_REPOSITORY ?? trigger.repository },
  });
  if (!quiet) for (const note of notes) terminal.stderr.write(`· ${note}\n`);
  for (const warning of warnings) terminal.stderr.write(`! ${warning}\n`);
  return { ...ended.run, warnings: [...ended.run.warnings, ...warnings] };
}

/** Everything that the config calls a secret, and what the environment was opened with. */
function redactorOf({ project, opened }: Meant, env: NodeJS.ProcessEnv): Redactor {
  const values = secretNames(project.config).flatMap((name) => env[name] ?? []);
  return createRedactor([...opened.secrets, ...values]);
}

function secretNames({ secrets, notify, codecov, environments, components }: Config): string[] {
  const suites = components.flatMap(({ tests }) => Object.values(tests));
  return [
    ...Object.keys(secrets),
    ...suites.flatMap((suite) => suite.secrets),
    ...environments.map(({ token }) => token),
    ...notifySecrets(notify),
    codecov?.token,
    "GITHUB_TOKEN",
  ].filter((name) => name !== undefined);
}
