import type { Buffer } from "node:buffer";
import { z } from "zod";
import { type Answer, ok, thenOk } from "../../../network/answer.ts";
import { download } from "../../../network/download.ts";
import type { Heard } from "../../../network/judge.ts";
import type { Connection } from "../rest/connection.ts";
import { judge } from "../rest/judge.ts";
import { list } from "../rest/list.ts";
import { path } from "../rest/path.ts";
import { addressOf, sendAndJudge } from "../rest/send.ts";

export interface Artifact {
  readonly id: number;
  readonly name: string;
  /** Of the ZIP. */
  readonly bytes: number;
  /** Its time is over: it is listed, and cannot be had. */
  readonly expired: boolean;
}

const artifactForm = z
  .object({ id: z.number(), name: z.string(), size_in_bytes: z.number(), expired: z.boolean() })
  .transform(({ size_in_bytes, ...same }): Artifact => ({ ...same, bytes: size_in_bytes }));

/** A run's artifacts of a name: one for each attempt that left it. */
export async function listArtifacts(
  connection: Connection,
  runId: number,
  name: string,
): Promise<Answer<readonly Artifact[]>> {
  const below = path`/actions/runs/${runId}/artifacts`;
  return list(connection, { path: below, item: artifactForm, search: { name }, key: "artifacts" });
}

/**
 * An artifact's ZIP. GitHub answers with a signed address of another host, good for a minute; the
 * token does not go there. One whose time is over is refused with 410.
 */
export async function downloadArtifact(
  connection: Connection,
  id: number,
  mostBytes: number,
): Promise<Answer<Buffer>> {
  const address = addressOf(connection, path`/actions/artifacts/${id}/zip`);
  const signed = await thenOk(address, (url) =>
    sendAndJudge(connection, { method: "GET", url }, judgeAddress),
  );
  return thenOk(signed, (url) => download(connection, { url, mostBytes }));
}

function judgeAddress(heard: Heard): Answer<string> {
  const location = heard.headers.get("Location");
  if (heard.status === 302 && location) return ok(location);
  const page = judge(heard);
  return page.kind === "ok" ? { kind: "malformed", reason: "it names no address" } : page;
}
