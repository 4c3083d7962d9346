import type { Directory } from "../client.ts";
import { places } from "../environment.ts";
import { procedureContainer } from "./base.ts";
import type { Site } from "./site.ts";

/**
 * What a step with secrets left, with each of them masked in every encoding. It happens inside a
 * container: the engine's own mask knows only the exact bytes.
 */
export function mask(site: Site, raw: Directory, names: readonly string[]): Directory {
  let container = procedureContainer(site)
    .withMountedFile(places.procedures, site.procedures)
    .withMountedDirectory("/gantry/raw", raw)
    .withMountedDirectory(places.out, site.dag.directory());
  for (const name of names) {
    const secret = site.secrets.get(name);
    if (secret) container = container.withSecretVariable(name, secret);
  }
  return container
    .withExec(["node", places.procedures, "mask", "/gantry/raw", places.out, ...names])
    .directory(places.out);
}
