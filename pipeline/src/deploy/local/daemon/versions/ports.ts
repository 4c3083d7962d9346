import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below what systems give to outgoing connections, so that none of those takes it in between. */
const first = 20_000;
const last = 30_000;
const given = new Set<number>();

/** A port that nobody has now and that this process has not given away lately. */
export async function chooseFreePort(): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = randomInt(first, last);
    if (given.has(port) || !(await isFree(port))) continue;
    if (given.size > 1000) given.clear();
    given.add(port);
    return port;
  }
  throw new Error(`no free port between ${first} and ${last}`);
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
