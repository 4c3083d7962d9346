import type { Client, Directory, File, GitRepository } from "../client.ts";
import { places, withEnvironment } from "../environment.ts";
import { exactly } from "../executor/files.ts";

/** What git tracks plus what is untracked and not ignored, without `.git` and `.gantry`. */
export interface DaggerSource {
  readonly directory: Directory;
  readonly files: readonly string[];
  /** Changes when any file does; the same on every call to one engine. */
  readonly hash: string;
}

export async function readSource(
  given: Directory,
  repository: GitRepository | undefined,
): Promise<DaggerSource> {
  const whole = given.filter({ exclude: [".git", ".gantry"] });
  const wanted = whole.filter({ gitignore: true });
  const [files, tracked] = await Promise.all([listFiles(wanted), trackedFiles(repository)]);
  const lost = without(tracked, files);
  // Git goes on tracking a file that a pattern ignores.
  const kept = lost.length > 0 ? whole.filter({ include: lost.map(exactly) }) : undefined;
  const directory = kept ? wanted.withDirectory("/", kept) : wanted;
  const all = kept ? [...files, ...(await listFiles(kept))].sort() : files;
  return { directory, files: all, hash: `dagger:${await directory.digest()}` };
}

/** Every file of a folder, by its path. */
export async function listFiles(directory: Directory): Promise<string[]> {
  const entries = await directory.glob("**");
  return entries.filter((entry) => !entry.endsWith("/"));
}

/** Files of the last commit; a folder that is no repository has none. */
async function trackedFiles(repository: GitRepository | undefined): Promise<string[]> {
  if (!repository) return [];
  const tree = repository.head().tree({ discardGitDir: true });
  return listFiles(tree).catch(() => []);
}

function without(files: readonly string[], known: readonly string[]): string[] {
  const set = new Set(known);
  return files.filter((file) => !set.has(file) && !file.startsWith(".gantry/"));
}

export interface HashRequest {
  readonly dag: Client;
  readonly source: Directory;
  readonly procedures: File;
  readonly image: string;
  /** The hash that the plan carries; its first word says which form is asked for. */
  readonly like: string;
}

/** The source's hash in the form of a plan that was made elsewhere; cached with the source. */
export async function hashLike(request: HashRequest): Promise<string> {
  const { dag, source, procedures, image, like } = request;
  const [form] = like.split(":");
  return withEnvironment(dag.container().from(image))
    .withMountedFile(places.procedures, procedures)
    .withMountedDirectory(places.source, source)
    .withExec(["node", places.procedures, "tree-hash", places.source, form ?? ""])
    .stdout();
}
