import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { fail, ok, type Result } from "../errors/problem.ts";

/** A config that was named must be there; gantry.yaml may be missing. */
export async function readConfig(
  root: string,
  named: string | undefined,
  cwd: string,
): Promise<Result<{ text: string; file: string } | undefined>> {
  const path = named
    ? isAbsolute(named)
      ? named
      : resolve(cwd, named)
    : join(root, "gantry.yaml");
  try {
    const found = await stat(path);
    if (found.isFile()) {
      const shown = relative(await realpath(root), await realpath(path));
      const bytes = await readFile(path);
      return ok({ text: bytes.toString("utf8"), file: shown.startsWith("..") ? path : shown });
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" && !named) return ok(undefined);
  }
  return fail({
    code: "GANTRY-CONFIG-UNREADABLE",
    file: named ?? "gantry.yaml",
    message: "the config is not a file that can be read",
    mend: named ? "correct the path after `--config`" : "make gantry.yaml a readable file",
  });
}
