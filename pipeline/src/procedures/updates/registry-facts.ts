import { readFile, writeFile } from "node:fs/promises";
import type { z } from "zod";
import type { AskedPackage } from "../../dependencies/versions/asked.ts";
import { factsSpec, type toldFacts } from "../../dependencies/versions/facts-spec.ts";
import { askRegistries } from "../../host/updates/registry-facts.ts";

/** Asks the registries from a container; leaves as a file what they told. */
export async function factsFromContainer(file: string, left: string): Promise<void> {
  const { asked, npm } = factsSpec.parse(JSON.parse(await readFile(file, "utf8")));
  const packages = asked.map(({ registry, ...same }): AskedPackage => {
    return registry === undefined ? same : { ...same, registry };
  });
  const facts = await askRegistries(packages, {
    npm: npm ?? process.env.npm_config_registry,
    python: process.env.UV_DEFAULT_INDEX,
  });
  const told = packages.flatMap(({ site: { lock }, name }): z.infer<typeof toldFacts> => {
    const known = facts(lock, name);
    return known ? [{ lock, name, ...known }] : [];
  });
  await writeFile(left, JSON.stringify(told));
}
