import { type Command, InvalidArgumentError } from "commander";
import type { WentDown } from "../../deploy/local/down.ts";
import { showProblems, type Terminal } from "../main.ts";
import { rootFolder } from "../root-folder.ts";

interface DownOptions {
  readonly C?: string;
  readonly env: string;
  readonly purge?: boolean;
  readonly json?: boolean;
}

export function addDown(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  program
    .command("down")
    .summary("end a local environment")
    .description(
      "Ends a local environment: its daemon and every version that it runs. Records stay.",
    )
    .requiredOption("--env <name>", "the environment", environmentName)
    .option("--purge", "also take away its releases, logs, state and record")
    .option("-C <dir>", "the folder to work on (default: the repository around the current one)")
    .option("--json", "one JSON document on stdout, everything else on stderr")
    .action(async (options: DownOptions) => finish(await down(options, terminal)));
}

/** It becomes part of a path, so it may be nothing but a name. */
function environmentName(word: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,62}$/i.test(word)) return word;
  throw new InvalidArgumentError("An environment's name has letters, digits, `-` and `_`.");
}

/** Loaded when it is wanted: other commands answer at once without it. */
async function down(options: DownOptions, terminal: Terminal): Promise<number> {
  const { takeDown } = await import("../../deploy/local/down.ts");
  const { describeFailure } = await import("../../network/answer.ts");
  const json = options.json ?? false;
  const ended = await takeDown({
    repository: await rootFolder(options.C, terminal.cwd),
    environment: options.env,
    machine: terminal.env,
    purge: options.purge ?? false,
  });
  if (ended.kind !== "ok") {
    const message = describeFailure(options.env, ended);
    const mend = `\`gantry down --env ${options.env} --purge\` ends it and forgets what it knew`;
    showProblems([{ code: "GANTRY-LOCAL-DAEMON", message, mend }], terminal, json);
    return 3;
  }
  const said = { environment: options.env, found: ended.value, purged: options.purge ?? false };
  terminal.stdout.write(json ? `${JSON.stringify(said, null, 2)}\n` : `${inWords(said)}\n`);
  return 0;
}

function inWords({
  environment,
  found,
  purged,
}: {
  readonly environment: string;
  readonly found: WentDown;
  readonly purged: boolean;
}): string {
  if (found === "nothing-there") return `${environment}: nothing of it is on this machine`;
  const ended = found === "ended" ? "ended, with everything that it ran" : "nothing of it ran";
  return `${environment}: ${ended}${purged ? "; its releases, logs, state and record are gone" : ""}`;
}
