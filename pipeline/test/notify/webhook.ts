import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Webhook {
  readonly url: string;
  readonly posted: readonly Posted[];
  readonly close: () => Promise<void>;
}

type Answer = (response: ServerResponse, count: number) => void;

/** A server that keeps what is posted to it. */
export async function openWebhook(
  answer: Answer = (response) => response.end("ok"),
): Promise<Webhook> {
  const posted: Posted[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    posted.push({ path: request.url ?? "", headers: request.headers, body });
    answer(response, posted.length);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/services/T0/B0/very-secret-part`,
    posted,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** An answer with a status and a text. */
export function saying(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (response) => response.writeHead(status, headers).end(text);
}

/** An address at which nothing listens any more. */
export async function closedAddress(): Promise<string> {
  const webhook = await openWebhook();
  await webhook.close();
  return webhook.url;
}
