import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { failedToRespond } from "../apps/app.ts";
import type { Instance } from "../world/model.ts";

/** The stable address of a service: whatever deployment serves, answers. */
export async function openPublicAddress(instance: Instance): Promise<Server> {
  const server = createServer((request, response) => {
    const app = instance.serving?.app;
    if (app) app.handle(request, response);
    else if (instance.serving) failedToRespond(response);
    else notFound(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port to be had");
  instance.domain = `127.0.0.1:${address.port}`;
  return server;
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { "Content-Type": "application/json" });
  response.end(JSON.stringify({ status: "error", code: 404, message: "Application not found" }));
}
