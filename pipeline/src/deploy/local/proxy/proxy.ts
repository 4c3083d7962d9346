import { createServer, type Server } from "node:http";
import { forward } from "./forward.ts";
import type { Route, Target } from "./target.ts";
import { forwardUpgrade } from "./upgrade.ts";

/** The environment's one address, which stays while versions come and go. */
export interface EnvironmentProxy {
  readonly port: number;
  /** Sends what comes from now on to a version; what has begun goes on where it is. */
  readonly switchTo: (version: { readonly id: string; readonly port: number }) => Target;
  /** Answers from now on that nothing serves, and why. */
  readonly serveNothing: (reason: string) => void;
  readonly close: () => Promise<void>;
}

export type OpenedProxy =
  | { readonly ok: true; readonly proxy: EnvironmentProxy }
  | { readonly ok: false; readonly reason: string };

/** `localhost` means either of them, and which one comes first differs between programs. */
const addresses = ["127.0.0.1", "::1"];

/** Listens on this machine only. A port that somebody else has is refused, never shared. */
export async function openProxy(port: number): Promise<OpenedProxy> {
  let route: Route = { kind: "nothing", reason: "no version has been deployed here yet" };
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(closeServer));
  };
  for (const address of addresses) {
    const server = createProxyServer(() => route);
    const code = await listen(server, port, address);
    if (code === undefined) servers.push(server);
    else if (address === "127.0.0.1" || code === "EADDRINUSE") {
      await close();
      return { ok: false, reason: whyNot(port, code) };
    }
  }
  return {
    ok: true,
    proxy: {
      port,
      close,
      switchTo({ id, port: to }) {
        const target = { id, port: to, open: 0 };
        route = { kind: "version", target };
        return target;
      },
      serveNothing(reason) {
        route = { kind: "nothing", reason };
      },
    },
  };
}

function createProxyServer(route: () => Route): Server {
  // A large upload may take as long as it takes.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000, noDelay: true });
  server.on("request", (request, response) => forward({ request, response, route }));
  server.on("upgrade", (request, socket, head) => forwardUpgrade({ request, socket, head, route }));
  return server;
}

function listen(server: Server, port: number, address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host: address, ipv6Only: address === "::1" }, () => resolve(undefined));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function whyNot(port: number, code: string): string {
  if (code === "EADDRINUSE") return `port ${port} is taken by another program`;
  return code === "EACCES"
    ? `port ${port} is not allowed to this user`
    : `port ${port} cannot be used (${code})`;
}
