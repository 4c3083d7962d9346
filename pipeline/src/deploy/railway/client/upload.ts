import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { z } from "zod";
import { type Answer, thenOk } from "../../../network/answer.ts";
import { readForm } from "../../../network/read-form.ts";
import { repeat } from "../../../network/retry.ts";
import type { Archive } from "./archive.ts";
import type { Connection } from "./connection.ts";
import { exchange } from "./exchange.ts";
import type { Target } from "./target.ts";

export interface Uploaded {
  readonly deploymentId: string;
  /** Where people see its logs. */
  readonly logsUrl: string;
  /** Host under which the service is reached. */
  readonly host: string | undefined;
}

const uploadedForm = z
  .object({ deploymentId: z.string().min(1), logsUrl: z.string(), deploymentDomain: z.string() })
  .transform(
    ({ deploymentId, logsUrl, deploymentDomain }): Uploaded => ({
      deploymentId,
      logsUrl: logsUrl.replace(/&+$/, ""),
      host: deploymentDomain || undefined,
    }),
  );

/**
 * Uploads a source, which starts a deployment. Never repeated once it may have arrived: after
 * `lost` or `malformed`, look for the message first (find-upload.ts).
 */
export async function upload(
  connection: Connection,
  target: Target,
  archive: Archive,
  message: string,
): Promise<Answer<Uploaded>> {
  await access(archive.path);
  const open = () => createReadStream(archive.path);
  const answer = await repeat(connection, { safe: false }, () =>
    exchange(connection, {
      path: pathOf(target, message),
      contentType: "application/gzip",
      body: { bytes: archive.bytes, open },
      timeoutSeconds: connection.limits.uploadSeconds,
    }),
  );
  return thenOk(answer, (json) => readForm(uploadedForm, json));
}

function pathOf({ projectId, environmentId, serviceId }: Target, message: string): string {
  const [project, environment] = [projectId, environmentId].map(encodeURIComponent);
  const search = new URLSearchParams({ serviceId, message });
  return `/project/${project}/environment/${environment}/up?${search}`;
}
