import { createServer, type Server } from "node:http";
import { readJson } from "./railway/http/body.ts";
import { listen } from "./railway/http/doors.ts";
import { json, type Reply, send } from "./railway/http/reply.ts";

/** What other processes can ask and set: `POST /_control/<name>` with JSON; the answer is JSON. */
export type Controls = Readonly<Record<string, (body: never) => unknown>>;

/** Its own port, so that a closed API can be opened again. */
export async function openControls(
  controls: () => Controls,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(async (request, response) => {
    const body = request.method === "POST" ? await readJson(request) : {};
    send(response, await steer(controls(), request.url ?? "/", body));
  });
  return { server, port: await listen(server, 0) };
}

async function steer(controls: Controls, url: string, body: unknown): Promise<Reply> {
  const name = /^\/_control\/([a-z-]+)$/.exec(url)?.[1] ?? "";
  const control = Object.hasOwn(controls, name) ? controls[name] : undefined;
  if (!control)
    return json(404, { message: `There is no control ${name}`, controls: Object.keys(controls) });
  try {
    return json(200, (await control((body ?? {}) as never)) ?? null);
  } catch (error) {
    return json(400, { message: String(error) });
  }
}
