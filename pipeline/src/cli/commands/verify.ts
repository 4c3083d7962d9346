import { type Command, InvalidArgumentError } from "commander";
import { usualCheck } from "../../deploy/prove/address-check.ts";
import { isWebAddress, readExpectation } from "../../plan/expectation-words.ts";
import type { Expectation } from "../../plan/step.ts";
import { addCommonOptions } from "../common-options.ts";
import type { EnvironmentOptions } from "../deploy/options.ts";
import type { AddressOptions } from "../deploy/verify-address.ts";
import type { Terminal } from "../main.ts";
import { count, seconds } from "../numbers.ts";

type Options = AddressOptions & Partial<Pick<EnvironmentOptions, "env">>;

export function addVerify(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addCommonOptions(program.command("verify"))
    .summary("health, identity, endpoints and tests of what serves")
    .description(
      "With --env: whether what serves is what the record says, is well, and passes its tests.\nWith an address: whether it answers well, often enough in a row; needs no configuration.",
    )
    .argument("[url]", "an address")
    .option("--env <name>", "the environment")
    .option("--attempts <number>", "how often it may fail", count, usualCheck.attempts)
    .option("--interval <seconds>", "the time between two questions", seconds, usualCheck.interval)
    .option("--consecutive <number>", "successes in a row", count, usualCheck.consecutive)
    .option("--health <path>", "the health path", usualCheck.health)
    .option(
      "--endpoint <request>",
      "what else must answer 200, as `/path` or `POST /path`; may be repeated; `none` for nothing (default: /api/session/start)",
      collect,
    )
    .option("--commit <commit>", "the commit that must answer")
    .option("--deployment <id>", "the deployment that must answer")
    .addHelpText("after", examples)
    .action(async (url: string | undefined, options: Options) => {
      finish(await verify(url, options, program, terminal));
    });
}

async function verify(
  url: string | undefined,
  options: Options,
  program: Command,
  terminal: Terminal,
): Promise<number> {
  const { env } = options;
  if ((url === undefined) === (env === undefined)) {
    return program.error("error: name an environment with --env, or give an address", {
      exitCode: 2,
    });
  }
  if (url !== undefined) {
    if (!isWebAddress(url)) {
      return program.error(`error: ${JSON.stringify(url)} is no address that begins with http`, {
        exitCode: 2,
      });
    }
    const { verifyAddress } = await import("../deploy/verify-address.ts");
    const endpoint = [...(options.endpoint ?? usualCheck.endpoint)];
    return verifyAddress(url, { ...options, endpoint }, terminal);
  }
  const { askEnvironment } = await import("../environment/ask.ts");
  const { verifyEnvironment } = await import("../deploy/verify-environment.ts");
  const asked = { ...options, env: env ?? "" };
  return askEnvironment(asked, terminal, (opened, project) =>
    verifyEnvironment({ project, opened, options: asked, terminal }),
  );
}

function collect(word: string, before: readonly Expectation[] = []): readonly Expectation[] {
  if (word === "none") return before;
  const read = readExpectation(word);
  if (read) return [...before, read];
  throw new InvalidArgumentError("Write `/path` or `POST /path`.");
}

const examples = `
Examples:
  gantry verify --env production                     what serves there, against its record
  gantry verify https://rose.example                 ten attempts, 5 s apart, three in a row
  gantry verify https://rose.example --commit 4f2a91c --endpoint none`;
