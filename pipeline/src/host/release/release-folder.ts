import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import {
  answer,
  type HostAnswer,
  type HostRelease,
  type ReleaseHost,
  refuse,
} from "../../release/publish/host.ts";
import { gitLine, runGit } from "../git.ts";

const kept = z.strictObject({
  tag: z.string(),
  draft: z.boolean(),
  title: z.string(),
  body: z.string(),
  assets: z.array(z.string()),
});
type Kept = z.infer<typeof kept>;

/**
 * Releases on this machine, for a repository without a place for them: the tag in the repository
 * itself, notes and assets in a folder beside the runs. No branch is touched.
 */
export function createReleaseFolder(root: string, folder: string): ReleaseHost {
  const none = async <T>(): Promise<HostAnswer<T>> =>
    refuse("other", "releases on this machine touch no branch");
  const placeOf = (tag: string): string => join(folder, encodeURIComponent(tag));
  const save = (release: Kept): Promise<void> =>
    saveAs(join(placeOf(release.tag), "release.json"), release);
  const change = (tag: string, what: Partial<Kept>) =>
    guarded(async () => {
      const found = await read(placeOf(tag));
      if (!found) return refuse("other", `there is no release ${tag}`);
      await save({ ...found, ...what });
      return answer(undefined);
    });
  return {
    findTag: async (name) =>
      answer(
        await gitLine(root, ["rev-parse", "--verify", "--quiet", `refs/tags/${name}^{commit}`]),
      ),
    createTag: (name, commit) => createTag(root, name, commit),
    listReleases: (tag) =>
      guarded(async () => {
        const found = await read(placeOf(tag));
        return answer(found ? [shown(found, placeOf(tag))] : []);
      }),
    createDraft: ({ tag, title, body }) =>
      guarded(async () => {
        const draft: Kept = { tag, title, body, draft: true, assets: [] };
        await save(draft);
        return answer(shown(draft, placeOf(tag)));
      }),
    uploadAsset: ({ tag }, { name, content }) =>
      guarded(async () => {
        const found = await read(placeOf(tag));
        if (!found) return refuse("other", `there is no release ${tag}`);
        await writeFile(join(placeOf(tag), encodeURIComponent(name)), content);
        await save({ ...found, assets: [...new Set([...found.assets, name])] });
        return answer(undefined);
      }),
    publish: ({ tag }) => change(tag, { draft: false }),
    setBody: ({ tag }, body) => change(tag, { body }),
    deleteHalfAsset: none,
    deleteDraft: none,
    findBranch: none,
    createBranch: none,
    readFile: none,
    writeFile: none,
    countAhead: none,
    merge: none,
    findOpenPull: none,
    createPull: none,
    updatePull: none,
  };
}

async function createTag(
  root: string,
  name: string,
  commit: string,
): Promise<HostAnswer<undefined>> {
  // The empty old value: made only where there is none, so that no tag is ever moved.
  const { exit, stderr } = await runGit(root, ["update-ref", `refs/tags/${name}`, commit, ""]);
  return exit === 0 ? answer(undefined) : refuse("taken", stderr.trim());
}

function shown({ tag, draft, body, assets }: Kept, place: string): HostRelease {
  return {
    id: 1,
    tag,
    draft,
    body,
    url: place,
    uploadUrl: place,
    assets: assets.map((name, index) => ({ id: index + 1, name, whole: true })),
  };
}

async function read(place: string): Promise<Kept | undefined> {
  const there: string[] = await readdir(place).catch(() => []);
  if (!there.includes("release.json")) return undefined;
  return kept.parse(JSON.parse(await readFile(join(place, "release.json"), "utf8")));
}

/** As a whole or not at all. */
async function saveAs(file: string, value: Kept): Promise<void> {
  await mkdir(join(file, ".."), { recursive: true });
  const part = `${file}.${process.pid}`;
  await writeFile(part, `${JSON.stringify(value, null, 2)}\n`);
  await rename(part, file);
}

async function guarded<T>(work: () => Promise<HostAnswer<T>>): Promise<HostAnswer<T>> {
  try {
    return await work();
  } catch (error) {
    return { kind: "unknown", reason: (error as Error).message };
  }
}
