import type { AskedPackage, FactsOf } from "../../dependencies/versions/asked.ts";
import { npmForm, type PackageFacts, pypiForm } from "../../dependencies/versions/notes.ts";
import { type GivenNetwork, openNetwork } from "../../network/network.ts";
import { isPrivate } from "../../network/private-address.ts";
import { readPublicJson } from "../../network/read-json.ts";

export interface Registries {
  /** npm's registry, where it is not the public one. */
  readonly npm: string | undefined;
  /** Python's index, where a lock names none and it is not the public one. */
  readonly python: string | undefined;
  readonly network?: GivenNetwork;
}

const mostAsked = 300;
const atOnce = 8;

/**
 * What registries tell of packages, as far as they answer: links and newest versions are worth a
 * question, and never an update's failure.
 */
export async function askRegistries(
  packages: readonly AskedPackage[],
  { network: given, ...registries }: Registries,
): Promise<FactsOf> {
  const network = openNetwork({ ...given, limits: { requestSeconds: 10, ...given?.limits } });
  const facts = new Map<string, PackageFacts>();
  const asked = new Map<string, { readonly url: string; readonly python: boolean }>();
  for (const one of packages.slice(0, mostAsked)) {
    const url = addressOf(one, registries);
    const python = one.site.ecosystem === "python";
    if (url !== undefined) asked.set(keyOf(one.site.lock, one.name), { url, python });
  }
  const waiting = [...asked];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [key, { url, python }] = next;
      const heard = python
        ? await readPublicJson(network, url, pypiForm)
        : await readPublicJson(network, url, npmForm);
      if (heard.kind === "ok") facts.set(key, heard.value);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return (lock, name) => facts.get(keyOf(lock, name));
}

function keyOf(lock: string, name: string): string {
  return `${lock}\n${name}`;
}

function addressOf(
  { site, name, registry }: AskedPackage,
  { npm, python }: Omit<Registries, "network">,
): string | undefined {
  const url =
    site.ecosystem === "npm"
      ? below(npm || "https://registry.npmjs.org/", `${encodeURIComponent(name)}/latest`)
      : below(
          `${originOf(registry ?? python) ?? "https://pypi.org"}/`,
          `pypi/${encodeURIComponent(name)}/json`,
        );
  return url !== undefined && isPrivate(url) ? url : undefined;
}

function below(base: string, path: string): string | undefined {
  return URL.canParse(base) ? `${base.replace(/\/*$/, "/")}${path}` : undefined;
}

function originOf(registry: string | undefined): string | undefined {
  return registry !== undefined && URL.canParse(registry) ? new URL(registry).origin : undefined;
}
