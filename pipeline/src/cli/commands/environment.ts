import { type Command, Option } from "commander";
import type { LogStream } from "../../deploy/provider.ts";
import type { Result } from "../../errors/problem.ts";
import { addEnvironmentOptions, type EnvironmentOptions } from "../deploy/options.ts";
import type { Shown } from "../environment/ask.ts";
import type { OpenEnvironment } from "../environment/open.ts";
import type { Terminal } from "../main.ts";
import { count } from "../numbers.ts";

type Finish = (code: number) => void;
type Ask = (opened: OpenEnvironment) => Promise<Result<Shown>>;

/** `status`, `history`, `logs` and `unlock`: what is asked of one environment. */
export function addEnvironment(program: Command, terminal: Terminal, finish: Finish): void {
  const show = async (options: EnvironmentOptions, ask: Ask): Promise<void> => {
    const { askEnvironment } = await import("../environment/ask.ts");
    finish(await askEnvironment(options, terminal, ask));
  };

  addEnvironmentOptions(program.command("status"))
    .summary("what serves, whether it is proven, and who is deploying")
    .action((options: EnvironmentOptions) =>
      show(options, async (opened) => {
        const { environmentStatus } = await import("../environment/status.ts");
        return environmentStatus(opened);
      }),
    );

  addEnvironmentOptions(program.command("history"))
    .summary("what was deployed, and what served when")
    .option("--most <number>", "how many deploys", count, 20)
    .action((options: EnvironmentOptions & { readonly most: number }) =>
      show(options, async (opened) => {
        const { environmentHistory } = await import("../environment/history.ts");
        return environmentHistory(opened, options.most);
      }),
    );

  addEnvironmentOptions(program.command("logs"))
    .summary("what the deployed application says")
    .option("--deployment <id>", "another deployment than the one that serves")
    .addOption(
      new Option("--stream <stream>", "which log").choices(["build", "deploy"]).default("deploy"),
    )
    .action(
      (
        options: EnvironmentOptions & { readonly deployment?: string; readonly stream: LogStream },
      ) =>
        show(options, async (opened) => {
          const { environmentLogs } = await import("../environment/logs.ts");
          const { stream, deployment } = options;
          return environmentLogs(opened, { stream, deployment });
        }),
    );

  addEnvironmentOptions(program.command("unlock"))
    .summary("take the lock from a run that is certainly gone")
    .action((options: EnvironmentOptions) =>
      show(options, async (opened) => {
        const { unlockEnvironment } = await import("../environment/unlock.ts");
        return unlockEnvironment(opened, terminal.env);
      }),
    );
}
