import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Somebody who asks every 20 ms, half of the time on a connection that is kept. */
export interface Client {
  /** The deployments that have answered, in the order in which each first did. */
  readonly seen: () => string[];
  readonly stop: () => Promise<{ failures: string[]; answers: number }>;
}

export function createClient(url: string): Client {
  const kept = new Agent({ keepAlive: true });
  const seen: string[] = [];
  const failures: string[] = [];
  const asked: Promise<void>[] = [];
  let stopped = false;
  let answers = 0;
  const running = (async () => {
    for (let turn = 0; !stopped; turn += 1) {
      // Two that are under way at once may come in either order; but who asks after the new one
      // has answered must not hear the old one again.
      const known = seen.length;
      asked.push(
        ask(url, turn % 2 === 0 ? kept : undefined).then(
          (id) => {
            answers += 1;
            const place = seen.indexOf(id);
            if (place < 0) seen.push(id);
            else if (place < known - 1) failures.push(`${id} answered after ${seen[known - 1]}`);
          },
          (error: Error) => void failures.push(error.message),
        ),
      );
      await sleep(20);
    }
  })();
  return {
    seen: () => [...seen],
    async stop() {
      stopped = true;
      await running;
      await Promise.all(asked);
      kept.destroy();
      return { failures, answers };
    },
  };
}

function ask(url: string, agent: Agent | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: agent ?? false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode === 200) resolve((JSON.parse(text) as { id: string }).id);
        else reject(new Error(`${response.statusCode}: ${text}`));
      });
    });
    request.once("error", reject);
  });
}
