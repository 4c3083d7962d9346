import { z } from "zod";
import { type Answer, refused, thenOk } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { list } from "../rest/list.ts";
import { act, done, lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";
import { type Asset, assetForm } from "./assets.ts";

export interface Release {
  readonly id: number;
  readonly tag: string;
  /** The branch or commit that the tag is made at, where there is no tag yet. */
  readonly target: string;
  readonly name: string;
  readonly body: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly createdAt: string;
  readonly publishedAt: string | undefined;
  /** Where people see it. */
  readonly url: string;
  readonly uploadUrl: string;
  readonly assets: readonly Asset[];
}

const releaseForm = z
  .object({
    id: z.number(),
    tag_name: z.string(),
    target_commitish: z.string(),
    name: z.string().nullable(),
    body: z.string().nullish(),
    draft: z.boolean(),
    prerelease: z.boolean(),
    created_at: z.string(),
    published_at: z.string().nullable(),
    html_url: z.string(),
    upload_url: z.string(),
    assets: z.array(assetForm),
  })
  .transform(
    ({ id, draft, prerelease, assets, ...said }): Release => ({
      id,
      tag: said.tag_name,
      target: said.target_commitish,
      name: said.name ?? "",
      body: said.body ?? "",
      draft,
      prerelease,
      createdAt: said.created_at,
      publishedAt: said.published_at ?? undefined,
      url: said.html_url,
      uploadUrl: said.upload_url,
      assets,
    }),
  );

/** Releases, newest first; drafts among them only where the token may write. */
export async function listReleases(
  connection: Connection,
  first?: number,
): Promise<Answer<readonly Release[]>> {
  return list(connection, { path: "/releases", item: releaseForm, first });
}

/** The published release of a tag. A draft is never found so: look through the list. */
export async function findReleaseByTag(
  connection: Connection,
  tag: string,
): Promise<Answer<Release | undefined>> {
  return lookFor(connection, path`/releases/tags/${tag.split("/")}`, releaseForm);
}

export async function findRelease(
  connection: Connection,
  id: number,
): Promise<Answer<Release | undefined>> {
  return lookFor(connection, path`/releases/${id}`, releaseForm);
}

export interface NewRelease {
  readonly tag: string;
  readonly target?: string;
  readonly name: string;
  readonly body: string;
  readonly prerelease: boolean;
}

/** A draft: GitHub makes neither a tag nor a notice of it before it is published. */
export async function createDraft(
  connection: Connection,
  { tag, target, name, body, prerelease }: NewRelease,
): Promise<Answer<Release>> {
  const wanted = { tag_name: tag, target_commitish: target, name, body, prerelease, draft: true };
  return act(connection, { method: "POST", path: "/releases", body: wanted, form: releaseForm });
}

export interface ReleaseChange {
  readonly name?: string;
  readonly body?: string;
  readonly prerelease?: boolean;
  /** False publishes it, and makes the tag at its target if there is none. */
  readonly draft?: false;
  readonly makeLatest?: boolean;
}

export async function updateRelease(
  connection: Connection,
  id: number,
  { makeLatest, ...change }: ReleaseChange,
): Promise<Answer<Release>> {
  const latest = makeLatest === undefined ? {} : { make_latest: String(makeLatest) };
  return act(connection, {
    method: "PATCH",
    path: path`/releases/${id}`,
    body: { ...change, ...latest },
    form: releaseForm,
  });
}

/** Takes a draft away; what is published is never deleted. */
export async function deleteDraft(connection: Connection, id: number): Promise<Answer<undefined>> {
  return thenOk(await findRelease(connection, id), async (found) => {
    if (found === undefined) return { kind: "ok", value: undefined };
    if (!found.draft) return refused(`the release of ${found.tag} is published`, 409);
    const form = z.unknown();
    return done(await act(connection, { method: "DELETE", path: path`/releases/${id}`, form }));
  });
}
