import { findDocker } from "../../../host/docker.ts";
import type { BuildOrder, Built } from "./build-order.ts";
import type { BuildRequest } from "./build-release.ts";

/** Builds the version's image, under a tag of its own that later versions leave alone. */
export async function buildImage(
  { step, image, commit }: Extract<BuildOrder, { kind: "container" }>,
  { files, signal, output }: BuildRequest,
): Promise<Built> {
  const found = await findDocker(process.env);
  if (!found.ok) return { ok: false, reason: found.reason };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(step.timeoutSeconds * 1000)]);
  const exit = await found.docker.build({
    step,
    tag: image,
    directory: files,
    commit,
    signal: limit,
    output,
  });
  if (exit === 0) return { ok: true, path: [] };
  return { ok: false, reason: `\`docker build\` of ${step.dockerfile} ended with ${exit}` };
}
