import { filesToRead, type Survey } from "../../config/survey.ts";
import type { GitRepository } from "../client.ts";
import type { DaggerSource } from "./source.ts";

const largestText = 4 * 1024 * 1024;
const atOnce = 32;

/** Reads the few files of a source that say how it is built. */
export async function surveyOf(
  source: DaggerSource,
  repository: GitRepository | undefined,
): Promise<Survey> {
  const wanted = filesToRead(source.files);
  const texts = new Map<string, string>();
  for (let index = 0; index < wanted.length; index += atOnce) {
    const batch = wanted.slice(index, index + atOnce);
    const read = await Promise.all(batch.map((file) => readText(source, file)));
    for (const [at, text] of read.entries()) {
      if (text !== undefined) texts.set(batch[at] as string, text);
    }
  }
  const url = await repository?.url().catch(() => null);
  return { name: nameFrom(url ?? undefined, texts), files: source.files, texts };
}

async function readText({ directory }: DaggerSource, path: string): Promise<string | undefined> {
  const text = await directory
    .file(path)
    .contents()
    .catch(() => undefined);
  return text === undefined || text.length > largestText ? undefined : text;
}

/** A folder has no name in the engine: the address tells, else what the project calls itself. */
function nameFrom(url: string | undefined, texts: ReadonlyMap<string, string>): string {
  const fromUrl = url
    ?.replace(/(\.git)?\/*$/, "")
    .split(/[/:]/)
    .at(-1);
  const fromPython = /^\s*name\s*=\s*["']([^"']+)["']/m.exec(
    texts.get("pyproject.toml") ?? "",
  )?.[1];
  const fromNode = /"name"\s*:\s*"([^"]+)"/.exec(texts.get("package.json") ?? "")?.[1];
  const name = fromUrl || fromPython || fromNode || "repository";
  return (
    name
      .replaceAll(/[^\w-]+/g, "-")
      .replace(/^-+/, "")
      .slice(0, 63) || "repository"
  );
}
