import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runGit } from "../../host/git.ts";
import { visibleText } from "../../report/visible.ts";

/** The difference between two texts of a file, as git shows it, with no control characters. */
export async function unifiedDiff(path: string, before: string, after: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gantry-diff-"));
  try {
    await writeFile(join(folder, "before"), before);
    await writeFile(join(folder, "after"), after);
    const words = ["--no-index", "--no-color", "--no-ext-diff", "--no-textconv", "--text"];
    const { stdout } = await runGit(folder, ["diff", ...words, "--", "before", "after"]);
    const start = stdout.indexOf("@@");
    const body = start < 0 ? "" : visibleText(stdout.slice(start));
    return `--- a/${path}\n+++ b/${path}\n${body}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
