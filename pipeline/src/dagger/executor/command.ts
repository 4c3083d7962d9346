import type { Container, Directory } from "../client.ts";
import { places } from "../environment.ts";
import { type CommandEnd, readEnd, wrapper } from "../wrapper.ts";
import type { Site } from "./site.ts";

export interface Command {
  /** Everything but the command: files, variables, services. */
  readonly container: Container;
  readonly argv: readonly string[];
  readonly timeoutSeconds: number;
  /** Set where the output may hold secrets in forms that the engine's own mask does not know. */
  readonly hidden: boolean;
}

export interface Ended extends CommandEnd {
  readonly container: Container;
  /** Log, reports and end. */
  readonly out: Directory;
  /** Whether the engine answered from its cache what another run had executed. */
  readonly reused: boolean;
}

const mostTries = 50;

/**
 * Runs a command, unless the engine knows from an earlier run that it is green. Red results are in
 * its cache as well: the run's key, which does not count for the cache, tells whose they are, and
 * one of another run is asked for again under the next number. So what mended itself (a network
 * that was down) stays cached under its number, and the layers on top of it too. A plan that asks
 * for everything afresh has the run's key for its only name.
 */
export async function runCommand(site: Site, command: Command): Promise<Ended> {
  for (let number = 0; ; number += 1) {
    const name = number < mostTries && !site.plan.fresh ? String(number) : site.key;
    const ended = await runOnce(site, command, name);
    if (ended.exit === 0 || !ended.reused || name === site.key) return ended;
  }
}

async function runOnce(site: Site, command: Command, name: string): Promise<Ended> {
  const { argv, timeoutSeconds, hidden } = command;
  const limit = String(Math.ceil(timeoutSeconds));
  const container = command.container
    .withMountedDirectory(places.out, site.dag.directory())
    .withVolatileVariable("GANTRY_RUN_KEY", site.key)
    .withExec(
      ["sh", "-c", wrapper, "gantry", limit, name, hidden ? "hidden" : "shown", ...argv],
      hidden ? {} : { redirectStdout: `${places.out}/log` },
    );
  const out = container.directory(places.out);
  const end = readEnd(await out.file("end").contents());
  return { ...end, container, out, reused: end.run !== site.key };
}
