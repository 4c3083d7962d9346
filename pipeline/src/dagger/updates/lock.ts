import { lockCommand } from "../../dependencies/locks/lock-command.ts";
import { lockedOf } from "../../dependencies/locks/lock-end.ts";
import type { LockSite } from "../../dependencies/locks/lock-sites.ts";
import type { FileContent } from "../../dependencies/report/report.ts";
import type { Locked } from "../../dependencies/search/ports.ts";
import { places } from "../environment.ts";
import { baseOf, gitContainer } from "../executor/base.ts";
import { type Ended, runCommand } from "../executor/command.ts";
import { inSource } from "../executor/exec.ts";
import { wordsOf } from "../failure.ts";
import { overdue, within } from "../run/deadline.ts";
import { timedOut } from "../wrapper.ts";
import type { Files } from "./files.ts";
import type { OpenUpdates } from "./open.ts";

const limitSeconds = 600;

export interface LockRequest {
  readonly files: Files;
  readonly site: LockSite;
  /** The lock to begin with, and manifests that say something else. */
  readonly begin: readonly FileContent[];
  readonly packages: readonly string[] | "all";
}

/** Lets a package manager write a lock anew in its toolchain's container, and takes what it wrote. */
export async function lockInContainer(
  { project, key, site: run }: OpenUpdates,
  { files, site, begin, packages }: LockRequest,
): Promise<Locked> {
  const text = begin.find(({ path }) => path === site.lock)?.content ?? "";
  const argv = lockCommand(site, text, packages);
  console.error(`${site.lock}: ${argv.slice(0, 6).join(" ")}${argv.length > 6 ? " …" : ""}`);
  const base = await baseOf(run, toolchainOf(site));
  const bare = needsGit(text) ? gitContainer(base.container) : base.container;
  const container = bare
    .withDirectory(places.source, files.lay(project.source.directory, begin))
    .withWorkdir(inSource(site.folder))
    // npm takes old answers for new ones when the registry is gone: here it has none.
    .withEnvVariable("npm_config_cache", "/tmp/npm")
    .withEnvVariable("GANTRY_ONCE", key);
  const command = { container, argv, timeoutSeconds: limitSeconds, hidden: false };
  try {
    const ended = await within(runCommand(run, command), limitSeconds);
    if (ended === overdue) return noAnswer("the engine gave no answer in time");
    return await readLocked(ended, site, argv[0], files);
  } catch (error) {
    return noAnswer(wordsOf(error));
  }
}

async function readLocked(
  ended: Ended,
  site: LockSite,
  program: string,
  files: Files,
): Promise<Locked> {
  const file = ended.container.file(`${places.source}/${site.lock}`);
  const written = ended.exit === 0 ? await file.contents().catch(() => undefined) : undefined;
  if (written !== undefined) files.keep(written, file);
  const late = timedOut(ended, limitSeconds) ? { ended: "it took too long" } : {};
  return lockedOf(site, {
    program,
    exit: ended.exit,
    ...late,
    output: await ended.out.file("log").contents(),
    written,
  });
}

function noAnswer(reason: string): Locked {
  return {
    kind: "world",
    reason,
    mend: "run it again; if it stays, the engine's own log says more",
  };
}

/** Packages that come from git are asked there. */
function needsGit(text: string): boolean {
  return /git\+(https?|ssh):|\{ git = |^[^#]*@ git\+/m.test(text);
}

/** Every component has a toolchain of its own name. */
function toolchainOf({ components, lock }: LockSite): string {
  const [component] = components;
  if (component === undefined) throw new Error(`no toolchain is known for ${lock}`);
  return component;
}
