import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar";
import type { Behaviour } from "../apps/behaviour.ts";
import { type Caller, mayUse } from "../graphql/context.ts";
import { deployUpload } from "../world/create.ts";
import type { Instance, Source } from "../world/model.ts";
import { instanceOf, type World } from "../world/world.ts";
import { json, type Reply } from "./reply.ts";

/** `/project/{project}/environment/{environment}/up?serviceId=`, with a gzip tar as body. */
export const upPath = /^\/project\/(?<project>[^/]+)\/environment\/(?<environment>[^/]+)\/up$/;

export async function up(
  world: World,
  folder: string,
  caller: Caller | undefined,
  request: IncomingMessage,
): Promise<Reply> {
  const url = new URL(request.url ?? "/", "http://stand-in");
  if (!caller) return json(401, { message: "Unauthorized" });
  const target = targetOf(world, url);
  if (!target) return json(404, { message: "Project or environment not found" });
  if (!mayUse(caller, target.environmentId)) return json(401, { message: "Unauthorized" });
  const source = await receive(request, folder, world.options.largestUpload);
  if (source === "too-large") return json(413, { message: "File too large" });
  if (source === "unreadable") return json(400, { message: "The body is no gzip tar" });
  const { behaviour, ...archive } = source;
  const deployment = deployUpload(world, {
    instance: target,
    source: archive,
    message: url.searchParams.get("message"),
    behaviour: behaviour ?? world.options.behaviour,
  });
  const page = `https://railway.com/project/${target.projectId}/service/${target.serviceId}`;
  return json(200, {
    deploymentId: deployment.id,
    url: `${page}?environmentId=${target.environmentId}&`,
    logsUrl: `${page}?id=${deployment.id}&`,
    deploymentDomain: target.domain,
  });
}

/** The service that is named, else the only one of the project. */
function targetOf(world: World, url: URL): Instance | undefined {
  const groups = upPath.exec(url.pathname)?.groups;
  const environmentId = groups?.environment ?? "";
  const services = world.projects.find((one) => one.id === groups?.project)?.services ?? [];
  const serviceId = url.searchParams.get("serviceId") || services[0]?.id;
  if (!services.some((one) => one.id === serviceId)) return undefined;
  return instanceOf(world, environmentId, serviceId ?? "");
}

type Received = (Source & { readonly behaviour?: Behaviour }) | "too-large" | "unreadable";

/** Unpacks the archive; what does not fit is read to its end, so that the answer can be heard. */
async function receive(request: IncomingMessage, into: string, most: number): Promise<Received> {
  const folder = await mkdtemp(join(into, "upload-"));
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(bytes > most ? new Error("too large") : null, chunk);
    },
  });
  request.on("error", (error) => measure.destroy(error));
  try {
    request.pipe(measure);
    await pipeline(measure, createGunzip(), extract({ cwd: folder, strict: true }));
    const behaviour = await behaviourIn(folder);
    return { folder, bytes, sha256: hash.digest("hex"), ...(behaviour && { behaviour }) };
  } catch {
    request.unpipe(measure);
    request.resume();
    await rm(folder, { recursive: true, force: true });
    return bytes > most ? "too-large" : "unreadable";
  }
}

/** A version can say itself how it behaves: `stand-in.json` at the top of the upload. */
async function behaviourIn(folder: string): Promise<Behaviour | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, "stand-in.json"), "utf8"));
  } catch {
    return undefined;
  }
}
