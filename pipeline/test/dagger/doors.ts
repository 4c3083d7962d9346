import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";

/** The address by which an engine's containers reach this machine. */
const hostAddress = process.env.GANTRY_TEST_HOST_ADDRESS ?? "";

/** Why containers cannot reach this machine; undefined where they can. */
export function noHostAddress(): string | undefined {
  return hostAddress === ""
    ? "no address by which containers reach this machine: GANTRY_TEST_HOST_ADDRESS is not set"
    : undefined;
}

/** A door on the address that containers see, to something that listens on this machine only. */
export interface Door {
  readonly address: string;
  readonly close: () => Promise<void>;
}

export async function openDoor(to: string, identity?: Identity): Promise<Door> {
  const sockets = new Set<Socket>();
  const pass = (outer: Socket): void => {
    const inner = connect(Number(new URL(to).port), "127.0.0.1");
    for (const [one, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy()).on("close", () => sockets.delete(one));
    }
    outer.pipe(inner).pipe(outer);
  };
  const server: Server = identity ? createTlsServer(identity, pass) : createServer(pass);
  server.listen(0, hostAddress);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `${identity ? "https" : "http"}://${hostAddress}:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for the address, which is its own authority. */
export function makeIdentity(): Identity {
  const folder = mkdtempSync(join(tmpdir(), "gantry-certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  try {
    const subject = ["-subj", "/CN=gantry-test", "-addext", `subjectAltName=IP:${hostAddress}`];
    const made = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert];
    execFileSync("openssl", ["req", "-x509", ...made, ...subject], { stdio: "ignore" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
