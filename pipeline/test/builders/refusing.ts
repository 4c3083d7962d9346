import dns from "node:dns";
import { once } from "node:events";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, isIP, type Server } from "node:net";
import { onTestFinished, vi } from "vitest";
import { expired } from "./expired.ts";

/** An address whose certificate has expired; what is asked there would be answered. */
export function serveExpired(): Promise<string> {
  return listen(createHttpsServer(expired, (_, response) => response.end("{}")));
}

/** An address that answers every handshake with a no: it has no certificate to show. */
export function refuseTls(): Promise<string> {
  return listen(createHttpsServer({}, (_, response) => response.end("{}")));
}

/** Names that are lost. */
export interface Names {
  /** How many were asked for in vain. */
  readonly asked: () => number;
  readonly mend: () => void;
}

/** No name is known (`ENOTFOUND`), or none can be looked up (`EAI_AGAIN`), at most until the test ends. */
export function withoutNames(code: "ENOTFOUND" | "EAI_AGAIN"): Names {
  const original = dns.lookup as unknown as Lookup;
  let asked = 0;
  const lookup: Lookup = (hostname, options, callback) => {
    if (isIP(hostname) !== 0) return original(hostname, options, callback);
    asked += 1;
    const error = new Error(`getaddrinfo ${code} ${hostname}`);
    setImmediate(callback, Object.assign(error, { code, syscall: "getaddrinfo", hostname }));
  };
  const spy = vi.spyOn(dns, "lookup").mockImplementation(lookup as unknown as typeof dns.lookup);
  const mend = (): void => spy.mockRestore();
  onTestFinished(mend);
  return { asked: () => asked, mend };
}

type Lookup = (
  hostname: string,
  options: unknown,
  callback: (error: NodeJS.ErrnoException) => void,
) => void;

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
