import { z } from "zod";
import { type Answer, refused, thenOk } from "../../../network/answer.ts";
import { readForm } from "../../../network/read-form.ts";
import type { StreamBody } from "../../../network/send-stream.ts";
import type { Connection } from "../rest/connection.ts";
import { list } from "../rest/list.ts";
import { act, done } from "../rest/operation.ts";
import { path } from "../rest/path.ts";
import { send } from "../rest/send.ts";

export interface Asset {
  readonly id: number;
  readonly name: string;
  /** `uploaded`, else the upload broke off (`starter`): it is there, with no use, and holds its name. */
  readonly state: string;
  readonly bytes: number;
  /** `sha256:…` as GitHub read it; older assets have none. */
  readonly digest: string | undefined;
  readonly url: string;
}

export const assetForm = z
  .object({
    id: z.number(),
    name: z.string(),
    state: z.string(),
    size: z.number(),
    digest: z.string().nullish(),
    browser_download_url: z.string(),
  })
  .transform(
    ({ id, name, state, size, digest, browser_download_url }): Asset => ({
      id,
      name,
      state,
      bytes: size,
      digest: digest ?? undefined,
      url: browser_download_url,
    }),
  );

export async function listAssets(
  connection: Connection,
  releaseId: number,
): Promise<Answer<readonly Asset[]>> {
  return list(connection, { path: path`/releases/${releaseId}/assets`, item: assetForm });
}

export interface NewAsset extends StreamBody {
  /** Letters, digits and `.-_+`: GitHub puts a point in place of all else, and tells the new name. */
  readonly name: string;
  readonly contentType: string;
}

/** Uploads a file to a release, streamed; `uploadUrl` is the release's own. */
export async function uploadAsset(
  connection: Connection,
  uploadUrl: string,
  { name, contentType, bytes, open }: NewAsset,
): Promise<Answer<Asset>> {
  const url = `${uploadUrl.replace(/\{.*$/, "")}?${new URLSearchParams({ name })}`;
  if (!isUploadHost(url, connection.address)) return untrusted;
  const stream = { bytes, open, contentType };
  const answer = await send(connection, { method: "POST", url, stream });
  return thenOk(answer, ({ json }) => readForm(assetForm, json));
}

const untrusted = refused("the release's address for uploads is not GitHub's own", 400);

/** The token goes to the API's own host, or to its neighbour for uploads, and nowhere else. */
function isUploadHost(url: string, address: string): boolean {
  const { protocol, host } = new URL(address);
  const hosts = [host, host.replace(/^api\./, "uploads.")];
  if (!URL.canParse(url)) return false;
  const upload = new URL(url);
  return upload.protocol === protocol && hosts.includes(upload.host);
}

/** Frees the name of an upload that broke off; a whole asset is never deleted. */
export async function deleteHalfAsset(
  connection: Connection,
  asset: Asset,
): Promise<Answer<undefined>> {
  if (asset.state === "uploaded") return refused(`the asset ${asset.name} is whole`, 409);
  const form = z.unknown();
  return done(
    await act(connection, { method: "DELETE", path: path`/releases/assets/${asset.id}`, form }),
  );
}
