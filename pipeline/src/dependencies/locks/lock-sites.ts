import type { Component, Config } from "../../config/config.ts";
import { folderOf, type Survey } from "../../config/survey.ts";
import { isForDevelopment } from "../manifests/is-for-development.ts";
import { type Compiled, readHeader, readRequirements } from "./compiled-requirements.ts";
import type { LockGraph } from "./lock-graph.ts";
import type { Ecosystem, ReadLock } from "./locked-package.ts";
import { npmGraph } from "./npm-graph.ts";
import { readNpmLock } from "./npm-lock.ts";
import { requirementsGraph } from "./requirements-graph.ts";
import { uvGraph } from "./uv-graph.ts";
import { readUvLock } from "./uv-lock.ts";

/** One lock file, what made it, and who lives by it. */
export interface LockSite {
  readonly tool: "uv" | "npm" | "requirements";
  readonly ecosystem: Ecosystem;
  /** The lock file, from the source's root. */
  readonly lock: string;
  readonly folder: string;
  readonly components: readonly string[];
  readonly compiled?: Compiled & { readonly ok: true };
}

export interface NotHandled {
  readonly component: string;
  readonly why: string;
}

export interface LockSites {
  readonly sites: readonly LockSite[];
  /** Whose dependencies nothing here can update, said instead of passed over. */
  readonly notHandled: readonly NotHandled[];
}

type Found = readonly LockSite[] | NotHandled;

/** The lock files that the components live by, each once. */
export function lockSites({ components }: Config, survey: Survey): LockSites {
  const found = components.map((component) => sitesOf(component, survey));
  const sites = new Map<string, LockSite>();
  for (const site of found.flatMap((one) => ("why" in one ? [] : one))) {
    const known = sites.get(site.lock)?.components ?? [];
    sites.set(site.lock, { ...site, components: [...known, ...site.components] });
  }
  return {
    sites: [...sites.values()],
    notHandled: found.filter((one): one is NotHandled => "why" in one),
  };
}

function sitesOf(component: Component, survey: Survey): Found {
  const { name, toolchain } = component;
  switch (toolchain) {
    case "uv":
      return locked(component, survey, { tool: "uv", ecosystem: "python", file: "uv.lock" });
    case "npm":
      return locked(component, survey, {
        tool: "npm",
        ecosystem: "npm",
        file: "package-lock.json",
      });
    case "pip":
      return compiledSites(component, survey);
    default:
      return { component: name, why: `Gantry does not read locks of ${toolchain} yet` };
  }
}

interface Kind extends Pick<LockSite, "tool" | "ecosystem"> {
  readonly file: string;
}

/** The nearest lock: a member of a workspace lives by the one above it. */
function locked({ name, path }: Component, survey: Survey, kind: Kind): Found {
  const { file, ...same } = kind;
  for (let folder = path; ; folder = parentOf(folder)) {
    if (folderOf(survey, folder).has(file)) {
      const lock = folder === "." ? file : `${folder}/${file}`;
      return [{ ...same, lock, folder, components: [name] }];
    }
    if (folder === ".") {
      return { component: name, why: `it has no ${file}: every install resolves anew` };
    }
  }
}

function parentOf(folder: string): string {
  return folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : ".";
}

function compiledSites({ name, path }: Component, survey: Survey): Found {
  const folder = folderOf(survey, path);
  const reasons: string[] = [];
  const sites = folder.below("").flatMap((file): LockSite[] => {
    const text = /^[\w.-]*requirements[\w./-]*\.txt$/.test(file) ? folder.text(file) : undefined;
    const compiled = text === undefined ? undefined : readHeader(text);
    if (compiled?.ok === false) reasons.push(`${file}: ${compiled.why}`);
    if (!compiled?.ok) return [];
    const lock = path === "." ? file : `${path}/${file}`;
    const same = { tool: "requirements", ecosystem: "python", components: [name] } as const;
    return [{ ...same, lock, folder: path, compiled }];
  });
  if (sites.length > 0) return sites;
  if (folder.has("poetry.lock")) reasons.push("Gantry does not read locks of poetry yet");
  const why = reasons.join("; ") || "no file that pip-compile or `uv pip compile` made pins it";
  return { component: name, why };
}

export function readLock({ tool }: Pick<LockSite, "tool">, text: string): ReadLock {
  const readers = { uv: readUvLock, npm: readNpmLock, requirements: readRequirements };
  return readers[tool](text);
}

/** The same lock with all that it says of each package, and of who asks for whom. */
export function readGraph(
  { tool, lock }: Pick<LockSite, "tool" | "lock">,
  text: string,
): LockGraph {
  switch (tool) {
    case "uv":
      return uvGraph(text);
    case "npm":
      return npmGraph(text);
    case "requirements":
      return requirementsGraph(text, isForDevelopment(lock) ? "development" : "required");
  }
}
