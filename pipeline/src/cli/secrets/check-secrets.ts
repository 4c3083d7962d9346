import { checkSecretsHere } from "../../host/github/check-secrets.ts";
import { readPresent } from "../../secrets/present.ts";
import { secretsText } from "../../secrets/text.ts";
import { useColor } from "../color.ts";
import type { Terminal } from "../main.ts";
import type { PlanOptions } from "../options.ts";
import { openProject } from "../project.ts";
import { refuse } from "../refuse.ts";

export interface SecretsOptions extends PlanOptions {
  /** What a workflow knows: `NAME=true,OTHER=false`. */
  readonly present?: readonly string[];
}

/** Says which secrets are needed, missing and due; the exit code is the verdict's. */
export async function runSecretsCheck(
  options: SecretsOptions,
  terminal: Terminal,
): Promise<number> {
  const workflow = readPresent(options.present ?? []);
  if (!workflow.ok) return refuse(workflow.problems, options, terminal);
  const { env, cwd } = terminal;
  const project = await openProject(options, env, cwd);
  if (!project.ok) return refuse(project.problems, options, terminal);
  const { config, trigger, source } = project.value;
  const report = await checkSecretsHere({
    config,
    trigger,
    directory: source.root,
    workflow: workflow.value,
    environment: env,
    env,
    today: new Date().toISOString().slice(0, 10),
  });
  const { verdict, rows: secrets, findings, notChecked } = report;
  terminal.stdout.write(
    options.json
      ? `${JSON.stringify({ verdict, secrets, findings, notChecked }, null, 2)}\n`
      : secretsText(report, useColor(options, terminal)),
  );
  return { passed: 0, failed: 1, unknown: 3 }[verdict];
}
