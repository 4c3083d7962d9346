import type { Container, File, GitRef } from "./client.ts";
import { historyOf } from "./deploy/versions.ts";
import { places } from "./environment.ts";
import { gitContainer, procedureContainer } from "./executor/base.ts";
import { runCommand } from "./executor/command.ts";
import { showLog } from "./executor/log.ts";
import type { Site } from "./executor/site.ts";
import { overdue, within } from "./run/deadline.ts";
import { detached } from "./source/detached.ts";

/** A procedure that changes the world, in a container of its own. */
export interface ActingRequest {
  readonly site: Site;
  /** Whose history it sees, with all tags; no other file of the source. None: it sees nothing. */
  readonly ref?: GitRef;
  /** The procedure's name. */
  readonly procedure: string;
  /** What it is told, in a file: `left` is where it leaves its end. It holds no secret. */
  readonly spec: (left: string) => object;
  /** Names of the secrets that it gets, as variables. */
  readonly secrets: readonly string[];
  /** Further files, by their paths in the container. */
  readonly files?: Readonly<Record<string, File>>;
  readonly timeoutSeconds: number;
  readonly output: (text: string) => Promise<void>;
}

/** What it left, as text, and why it may have left nothing. */
export interface Acted {
  readonly left: string;
  readonly why: string;
}

const specFile = "/gantry/spec.json";
const end = "act.json";

export async function runActing(request: ActingRequest): Promise<Acted> {
  const { site, procedure, timeoutSeconds, output } = request;
  const command = {
    container: await equip(request),
    argv: ["node", places.procedures, procedure, specFile],
    timeoutSeconds,
    // It masks its own words in every encoding, so that they may be seen while it goes.
    hidden: false,
  };
  const ended = await within(runCommand(site, command), timeoutSeconds);
  if (ended === overdue) return { left: "", why: "the engine gave no answer in time" };
  await showLog(site, ended.out.file("log"), output);
  const place = `reports/${end}`;
  const left = (await ended.out.exists(place)) ? await ended.out.file(place).contents() : "";
  return { left, why: `its container ended with ${ended.exit} and left no result` };
}

async function equip({ site, ref, spec, secrets, files = {} }: ActingRequest): Promise<Container> {
  let container = ref ? await withHistory(site, ref) : procedureContainer(site);
  for (const name of secrets) {
    const secret = site.secrets.get(name);
    if (secret) container = container.withSecretVariable(name, secret);
  }
  for (const [path, file] of Object.entries(files)) {
    container = container.withMountedFile(path, file);
  }
  return (
    container
      .withMountedFile(places.procedures, site.procedures)
      .withNewFile(specFile, JSON.stringify(spec(`${places.reports}/${end}`)))
      // What acts is never answered from the cache, not even to the same call.
      .withEnvVariable("GANTRY_ONCE", `${site.key}/${crypto.randomUUID()}`)
  );
}

async function withHistory(site: Site, ref: GitRef): Promise<Container> {
  return gitContainer(procedureContainer(site))
    .withMountedDirectory(places.source, site.dag.directory())
    .withDirectory(`${places.source}/.git`, await detached(historyOf(ref)))
    .withWorkdir(places.source);
}
