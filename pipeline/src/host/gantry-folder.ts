import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Makes Gantry's own folder in a repository, kept out of everybody's commits by itself. */
export async function makeGantryFolder(root: string): Promise<string> {
  const folder = join(root, ".gantry");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, ".gitignore"), "*\n");
  return folder;
}
