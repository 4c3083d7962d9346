import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { ConnectionFault } from "../faults/fault.ts";
import type { Options } from "../options.ts";
import type { Handler } from "./api.ts";

/** The listening port, which a fault can shut or make refuse every handshake. */
export interface Door {
  readonly server: Server;
  readonly port: number;
  readonly set: (fault: ConnectionFault | undefined) => Promise<void>;
}

export async function openDoor(
  options: Pick<Options, "tls" | "port">,
  handle: Handler,
): Promise<Door> {
  let fault: ConnectionFault | undefined;
  const server = options.tls ? createTlsServer(options.tls) : createServer();
  server.on("request", (request, response) => {
    handle(request, response).catch((error) => response.destroy(error));
  });
  server.on("connection", (socket) => {
    if (fault === "refused-by-tls") socket.destroy();
  });
  const port = await listen(server, options.port);
  return {
    server,
    port,
    async set(wanted) {
      const wasClosed = fault === "port-closed";
      fault = wanted;
      if (wanted === "port-closed" && !wasClosed) await shut(server);
      if (wanted !== "port-closed" && wasClosed) await listen(server, port);
      if (wanted !== undefined) server.closeAllConnections();
    },
  };
}

export async function shut(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

export async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port to be had");
  return address.port;
}
