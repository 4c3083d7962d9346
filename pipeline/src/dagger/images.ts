import { defaultVersions } from "../plan/pins.ts";
import type { Plan, Toolchain } from "../plan/plan.ts";

/** Where the base images come from; the only file that names one. */
const pinned: Readonly<Record<string, string>> = {};

/** The image of a toolchain: the config's own, else the pinned one of its version. */
export function imageOf(toolchain: Toolchain): string {
  return toolchain.image ?? defaultImage(toolchain.kind, toolchain.version);
}

/** The image that Gantry's own procedures run in; it needs Node.js and nothing else. */
export function procedureImage(plan: Plan): string {
  const node = Object.values(plan.toolchains).find(({ kind }) => kind === "node");
  return plan.images?.node ?? (node ? imageOf(node) : defaultImage("node"));
}

/** Any image of the run with a POSIX shell: one that is there already costs nothing. */
export function shellImage(plan: Plan): string {
  const [first] = Object.values(plan.toolchains);
  return first ? imageOf(first) : procedureImage(plan);
}

/** The pinned image of a language version, or of the one that is taken by default. */
export function defaultImage(kind: Toolchain["kind"], version?: string): string {
  const tag = `${versionTag(kind, version ?? defaultVersions[kind])}-slim`;
  const name = `${kind}:${tag}`;
  const digest = pinned[name];
  return digest ? `${name}@${digest}` : name;
}

/** `3.12.4` and `>=3.12` mean the image of 3.12; `24.1` and `^24` that of 24. */
function versionTag(kind: Toolchain["kind"], version: string): string {
  const pattern = kind === "python" ? /\d+\.\d+/ : /\d+/;
  return pattern.exec(version)?.[0] ?? defaultVersions[kind];
}
