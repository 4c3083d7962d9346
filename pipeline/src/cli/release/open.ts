import type { Result } from "../../errors/problem.ts";
import { type OpenRelease, openRelease } from "../../host/release/open.ts";
import type { ReleaseOptions } from "../commands/release.ts";
import { readConfig } from "../config-file.ts";
import type { Terminal } from "../main.ts";
import { rootFolder } from "../root-folder.ts";

/** The repository that a person is in, as its files and this machine's variables describe it. */
export async function openHere(
  options: ReleaseOptions,
  { env, cwd }: Terminal,
): Promise<Result<OpenRelease>> {
  const directory = await rootFolder(options.C, cwd);
  const written = await readConfig(directory, options.config, cwd);
  if (!written.ok) return written;
  const { branch, component } = options;
  return openRelease({ directory, written: written.value, env, branch, component });
}
