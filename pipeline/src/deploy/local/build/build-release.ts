import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeWhole } from "../daemon/store.ts";
import { buildImage } from "./build-image.ts";
import { type Built, buildOrder, builtFile, orderFile } from "./build-order.ts";
import { installAndBuild } from "./install-and-build.ts";

export const buildTask = z.strictObject({
  /** The deployment's id: everything that is started carries it. */
  id: z.string(),
  /** The release's folder, with the order and the files. */
  release: z.string(),
  /** HOME, TMPDIR and the store of installed trees. */
  work: z.string(),
});

export type BuildTask = z.infer<typeof buildTask>;

/**
 * Makes a release ready to start, in a process of its own: it ends by signal, and where it is
 * killed there is no word of how it ended, which the daemon takes for a failure.
 */
export async function buildRelease(task: BuildTask): Promise<void> {
  const stop = new AbortController();
  process.on("SIGTERM", () => stop.abort("cancelled"));
  const output = async (text: string): Promise<void> => {
    process.stdout.write(text);
  };
  const order = buildOrder.parse(JSON.parse(await readFile(join(task.release, orderFile), "utf8")));
  const request = { task, files: join(task.release, "files"), signal: stop.signal, output };
  const built: Built =
    order.kind === "process"
      ? await installAndBuild(order, request)
      : await buildImage(order, request);
  await output(built.ok ? "gantry: built\n" : `gantry: ${built.reason}\n`);
  if (!stop.signal.aborted) await writeWhole(join(task.release, builtFile), built);
}

export interface BuildRequest {
  readonly task: BuildTask;
  readonly files: string;
  readonly signal: AbortSignal;
  readonly output: (text: string) => Promise<void>;
}
