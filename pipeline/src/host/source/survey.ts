import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { filesToRead, type Survey } from "../../config/survey.ts";
import { gitLine } from "../git.ts";
import type { Source } from "./source.ts";

const maximumLength = 4 * 1024 * 1024;

/** Reads the few files of a source that say how it is built. */
export async function surveyOf(source: Source): Promise<Survey> {
  const files = source.files.map((file) => file.path);
  const links = new Set(source.files.filter((f) => f.kind === "link").map((f) => f.path));
  const wanted = filesToRead(files).filter((file) => !links.has(file));
  const texts = await Promise.all(
    wanted.map(async (file): Promise<[string, string] | undefined> => {
      const text = await readFile(join(source.root, file), "utf8").catch(() => undefined);
      return text === undefined || text.length > maximumLength ? undefined : [file, text];
    }),
  );
  return {
    name: await nameOf(source.root),
    files,
    texts: new Map(texts.filter((entry) => entry !== undefined)),
  };
}

/** The repository's own name: from its remote, else from its folder. */
export async function nameOf(root: string): Promise<string> {
  const remote = await gitLine(root, ["config", "--get", "remote.origin.url"]);
  const last = remote
    ?.replace(/(\.git)?\/*$/, "")
    .split(/[/:]/)
    .at(-1);
  const name = (last || basename(root)).replaceAll(/[^\w-]+/g, "-").replace(/^-+/, "");
  return name.slice(0, 63) || "repository";
}
