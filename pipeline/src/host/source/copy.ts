import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileContent } from "../../dependencies/report/report.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { takeWorkRoot } from "../executor/work-root.ts";
import { makeGantryFolder } from "../gantry-folder.ts";
import { git } from "../git.ts";
import { layOutVersion } from "../version.ts";
import { linkHistory } from "./history.ts";
import { readSource, type Source } from "./source.ts";
import { syncWorkspace } from "./workspace.ts";

/** A copy of the source in which programs may work; the user's own tree is only read. */
export interface Copy {
  readonly folder: string;
  /** Where whatever else is left behind goes. */
  readonly scratch: string;
  readonly read: (path: string) => Promise<string | undefined>;
  readonly write: (files: readonly FileContent[]) => Promise<void>;
  readonly source: () => Promise<Result<Source>>;
  readonly release: () => Promise<void>;
}

export interface WantedCopy {
  readonly source: Source;
  /** The commit that is laid out; without one, the source as it stands. */
  readonly commit: string | undefined;
  /** Below `.gantry`: what is done with it. */
  readonly place: string;
  /** Whether it goes elsewhere, and so cannot borrow what git keeps here. */
  readonly alone?: boolean;
}

/** Lays a copy out below `.gantry`. What programs prepared in the last one there stays, for speed. */
export async function openCopy({
  source,
  commit,
  place,
  alone = false,
}: WantedCopy): Promise<Result<Copy>> {
  const parent = join(await makeGantryFolder(source.root), place);
  const { folder: scratch, release } = await takeWorkRoot(parent);
  const folder = join(scratch, "source");
  await mkdir(scratch, { recursive: true });
  const wanted = await filesOf(source, commit, join(scratch, "base"));
  if (!wanted.ok) {
    await release();
    return wanted;
  }
  await syncWorkspace(wanted.value, folder, new Set([".gantry"]));
  await linkHistory(source.root, folder);
  if (commit !== undefined) await standOn(folder, commit);
  if (alone) await ownObjects(folder);
  return ok({
    folder,
    scratch,
    release,
    read: (path) => readFile(join(folder, path), "utf8").catch(() => undefined),
    async write(files) {
      for (const { path, content } of files) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
    },
    source: () => readSource(folder),
  });
}

async function filesOf(
  source: Source,
  commit: string | undefined,
  base: string,
): Promise<Result<Source>> {
  if (commit === undefined) return ok(source);
  const laid = await layOutVersion(source.root, commit, base);
  return laid.ok ? readSource(base) : laid;
}

/** An engine gets this folder and no other: objects that lie elsewhere would be missing there. */
async function ownObjects(folder: string): Promise<void> {
  const borrowed = join(folder, ".git", "objects", "info", "alternates");
  if (!(await stat(borrowed).catch(() => undefined))) return;
  const packed = await git(folder, ["repack", "-a", "-d", "--quiet"]);
  if (packed.ok) await rm(borrowed);
}

/** The history that steps see ends where the files come from. */
async function standOn(folder: string, commit: string): Promise<void> {
  await git(folder, ["update-ref", "--no-deref", "HEAD", commit]);
  await git(folder, ["reset", "--quiet", "--mixed"]);
}
