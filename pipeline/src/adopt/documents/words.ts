import type { AdoptionFacts, GantrySource } from "../facts.ts";
import { daggerLine } from "../workflows/step-value.ts";

/** `dagger call WORDS`, as this repository has to say it. */
export function daggerWords({ gantry, module }: AdoptionFacts, call: string): string {
  const own = gantry.kind === "beside" && module ? [{ name: "mod", word: module }] : [];
  return daggerLine({ kind: "dagger", call, flags: own });
}

/** A link to a page of Gantry's own documents, or its bare name where nobody knows where they are. */
export function gantryPage(gantry: GantrySource, page: string, words: string): string {
  const base = documentsOf(gantry);
  return base === undefined ? words : `[${words}](${base}${page})`;
}

function documentsOf(gantry: GantrySource): string | undefined {
  if (gantry.kind === "own") return "";
  if (gantry.kind === "unknown") return undefined;
  const { source, pin } = gantry.address;
  const [, repository, version] =
    /^(github\.com\/[\w.-]+\/[\w.-]+?)(?:\.git)?(?:@(.+))?$/.exec(source) ?? [];
  return repository && `https://${repository}/blob/${pin ?? version ?? "HEAD"}/docs/`;
}
