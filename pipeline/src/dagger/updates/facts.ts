import type { z } from "zod";
import type { AskedPackage, FactsOf } from "../../dependencies/versions/asked.ts";
import { type factsSpec, toldFacts } from "../../dependencies/versions/facts-spec.ts";
import { registryIn } from "../../dependencies/versions/npmrc.ts";
import { places } from "../environment.ts";
import { procedureContainer } from "../executor/base.ts";
import { within } from "../run/deadline.ts";
import type { OpenUpdates } from "./open.ts";

const spec = "/gantry/spec.json";
const left = "/gantry/facts.json";
const limitSeconds = 180;

/** What registries tell of packages, asked from a container. It is never an update's failure. */
export async function factsInContainer(
  { request, project, site, key }: OpenUpdates,
  asked: readonly AskedPackage[],
): Promise<FactsOf> {
  const { source } = project;
  const npmrc = source.files.includes(".npmrc") && source.directory.file(".npmrc");
  const npm = npmrc ? registryIn(await npmrc.contents()) : undefined;
  const words: z.infer<typeof factsSpec> = { asked: [...asked], ...(npm && { npm }) };
  const work = procedureContainer(site)
    .withMountedFile(places.procedures, request.procedures)
    .withNewFile(spec, JSON.stringify(words))
    .withEnvVariable("GANTRY_ONCE", key)
    .withExec(["node", places.procedures, "registry-facts", spec, left])
    .file(left)
    .contents()
    .catch(() => "[]");
  const text = await within(work, limitSeconds);
  const told = toldFacts.safeParse(typeof text === "string" ? JSON.parse(text) : []).data ?? [];
  const known = new Map(told.map(({ lock, name, ...facts }) => [`${lock}\n${name}`, facts]));
  return (lock, name) => known.get(`${lock}\n${name}`);
}
