import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import {
  answer,
  type HostAnswer,
  type HostRelease,
  type NewAsset,
  type Refusal,
  type ReleaseHost,
  refuse,
} from "../release/publish/host.ts";
import { mapAnswer, thenAnswer } from "../release/publish/step.ts";
import {
  type Answer,
  type Connection,
  compareCommits,
  createDraft,
  createPull,
  createRef,
  deleteDraft,
  deleteHalfAsset,
  describeFailure,
  findBranch,
  findFile,
  findRef,
  findReleaseByTag,
  findTagObject,
  listPulls,
  listReleases,
  mayBeApplied,
  merge,
  putFile,
  type Release,
  updatePull,
  updateRelease,
  uploadAsset,
} from "./client/index.ts";

/** The newest releases, among which every draft that is still of interest stands. */
const recent = 100;

/** GitHub as the place where releases are kept. */
export function githubReleaseHost(connection: Connection): ReleaseHost {
  return {
    findTag: (name) => findTag(connection, name),
    createTag: async (name, commit) => nothing(await createRef(connection, `tags/${name}`, commit)),
    listReleases: (tag) => releasesOf(connection, tag),
    createDraft: async ({ tag, commit, title, body, prerelease }) =>
      mapAnswer(
        heard(
          await createDraft(connection, { tag, target: commit, name: title, body, prerelease }),
        ),
        hostRelease,
      ),
    uploadAsset: (release, asset) => upload(connection, release, asset),
    deleteHalfAsset: async ({ id, name }) => {
      const half = { id, name, state: "starter", bytes: 0, digest: undefined, url: "" };
      return nothing(await deleteHalfAsset(connection, half));
    },
    publish: async ({ id }, makeLatest) =>
      nothing(await updateRelease(connection, id, { draft: false, makeLatest })),
    deleteDraft: async ({ id }) => nothing(await deleteDraft(connection, id)),
    setBody: async ({ id }, body) => nothing(await updateRelease(connection, id, { body })),
    findBranch: async (name) =>
      mapAnswer(heard(await findBranch(connection, name)), (found) => found?.sha),
    createBranch: async (name, commit) =>
      nothing(await createRef(connection, `heads/${name}`, commit)),
    readFile: async (path, branch) =>
      mapAnswer(
        heard(await findFile(connection, path, branch)),
        (file) => file && { content: file.content.toString("utf8"), version: file.sha },
      ),
    writeFile: async ({ version, ...write }) =>
      nothing(
        await putFile(connection, { ...write, ...(version !== undefined && { sha: version }) }),
      ),
    countAhead: async (base, head) =>
      mapAnswer(heard(await compareCommits(connection, base, head)), ({ aheadBy }) => aheadBy),
    merge: async (base, head, message) => nothing(await merge(connection, { base, head, message })),
    findOpenPull: async (head, base) =>
      mapAnswer(
        heard(await listPulls(connection, { head, base, state: "open" })),
        ([first]) => first,
      ),
    createPull: async (pull) => heard(await createPull(connection, pull)),
    updatePull: async (number, title, body) =>
      nothing(await updatePull(connection, number, { title, body })),
  };
}

async function findTag(
  connection: Connection,
  name: string,
): Promise<HostAnswer<string | undefined>> {
  return thenAnswer(heard(await findRef(connection, `tags/${name}`)), async (ref) => {
    if (ref?.type !== "tag") return answer(ref?.sha);
    return mapAnswer(heard(await findTagObject(connection, ref.sha)), (found) => found?.target);
  });
}

/** Drafts stand only in the list, and an old release no longer in its first pages. */
async function releasesOf(
  connection: Connection,
  tag: string,
): Promise<HostAnswer<readonly HostRelease[]>> {
  return thenAnswer(heard(await listReleases(connection, recent)), async (all) => {
    const listed = all.filter((one) => one.tag === tag);
    const sorted = (found: readonly Release[]): HostRelease[] =>
      found.toSorted((a, b) => a.id - b.id).map(hostRelease);
    if (listed.some(({ draft }) => !draft)) return answer(sorted(listed));
    return mapAnswer(heard(await findReleaseByTag(connection, tag)), (found) =>
      sorted(found ? [found, ...listed] : listed),
    );
  });
}

function hostRelease({ id, tag, draft, body, url, uploadUrl, assets }: Release): HostRelease {
  const whole = assets.map((one) => ({
    id: one.id,
    name: one.name,
    whole: one.state === "uploaded",
  }));
  return { id, tag, draft, body, url, uploadUrl, assets: whole };
}

async function upload(
  connection: Connection,
  { uploadUrl }: HostRelease,
  { name, contentType, content }: NewAsset,
): Promise<HostAnswer<undefined>> {
  const bytes = Buffer.from(content);
  const open = (): Readable => Readable.from([bytes]);
  const asset = { name, contentType, bytes: bytes.length, open };
  return nothing(await uploadAsset(connection, uploadUrl, asset));
}

function nothing(given: Answer<unknown>): HostAnswer<undefined> {
  return mapAnswer(heard(given), () => undefined);
}

/** What GitHub's answers mean for a release. */
function heard<T>(given: Answer<T>): HostAnswer<T> {
  if (given.kind === "ok") return given;
  const reason = describeFailure(given);
  if (mayBeApplied(given)) return { kind: "unknown", reason };
  if (given.kind === "unauthorised") return refuse("forbidden", reason);
  return refuse(
    given.kind === "refused" ? whyRefused(given.status, given.reason) : "other",
    reason,
  );
}

/** GitHub tells these apart by their words alone. */
function whyRefused(status: number, reason: string): Refusal {
  if (/immutable/i.test(reason)) return "immutable";
  if (/pull request|status check|protected|rule violation|locked branch/i.test(reason)) {
    return /already exists/i.test(reason) ? "taken" : "protected";
  }
  if (/merge conflict/i.test(reason)) return "conflict";
  if (/already.?exists|does not match|sha\\?" wasn't supplied/i.test(reason)) return "taken";
  return status === 409 ? "taken" : "other";
}
