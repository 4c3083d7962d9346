import type { Config } from "../../config/config.ts";
import { findDocker } from "../../host/docker.ts";

/** How versions are run here, and why so. */
export type How =
  | { readonly ok: true; readonly kind: "container" | "process"; readonly why: string }
  | { readonly ok: false; readonly reason: string };

/** A container where the config has an image and Docker answers, else a process. */
export async function howToRun(config: Config, machine: NodeJS.ProcessEnv): Promise<How> {
  const docker = config.image
    ? await findDocker(machine)
    : ({ ok: false, reason: "the config has no image" } as const);
  if (docker.ok) return { ok: true, kind: "container", why: `Docker ${docker.docker.version}` };
  if (config.components.some(({ start }) => start)) {
    return { ok: true, kind: "process", why: docker.reason };
  }
  return {
    ok: false,
    reason:
      `${docker.reason}, and no component has a \`start\` command: ` +
      "start Docker, or add `start:` to the component that serves",
  };
}
