import type { IncomingMessage, ServerResponse } from "node:http";

/** A running application: what answers behind the public address. */
export interface App {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** The status that a probe of Railway's own sees, or nothing when nobody answers. */
  readonly probe: (path: string) => Promise<number | undefined>;
  /** From now on it serves the public. */
  readonly goLive: () => void;
  readonly stop: () => Promise<void>;
}

export interface AppStart {
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  /** Called once when it ends without having been told to. */
  readonly onExit: (code: number) => void;
}

/** What Railway's edge says when nothing answers behind it. */
export function failedToRespond(response: ServerResponse): void {
  response.writeHead(502, { "Content-Type": "application/json" });
  response.end(
    JSON.stringify({ status: "error", code: 502, message: "Application failed to respond" }),
  );
}
