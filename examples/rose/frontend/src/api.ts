/** Somebody's words, as the server keeps them. */
export interface Message {
  readonly role: "user" | "assistant";
  readonly content: string;
}

export interface Started {
  readonly session_id: string;
  readonly greeting: string;
}

/** What the page asks of the server. */
export interface RoseApi {
  start(): Promise<Started>;
  chat(sessionId: string, message: string): Promise<string>;
  /** What was said in a session; rejects with status 404 if the server does not know it. */
  history(sessionId: string): Promise<readonly Message[]>;
}

/** The server was not reached (no status), or answered with an error (its status). */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.status = options.status;
  }
}

const TIMEOUT_MS = 30_000;

/** Talks to Rose's server over HTTP. */
export function httpApi(fetcher: typeof fetch = (...args) => fetch(...args)): RoseApi {
  return {
    start: () => request<Started>(fetcher, "/api/session/start", {}),
    chat: async (sessionId, message) => {
      const body = { session_id: sessionId, message };
      return (await request<{ reply: string }>(fetcher, "/api/chat", body)).reply;
    },
    history: async (sessionId) => {
      const path = `/api/session/${encodeURIComponent(sessionId)}/history`;
      return (await request<{ messages: Message[] }>(fetcher, path)).messages;
    },
  };
}

async function request<T>(fetcher: typeof fetch, path: string, body?: unknown): Promise<T> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const init: RequestInit =
    body === undefined
      ? { signal }
      : {
          signal,
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        };
  let response: Response;
  try {
    response = await fetcher(path, init);
  } catch (cause) {
    throw new ApiError("Rose can’t be reached right now.", { cause });
  }
  if (!response.ok) {
    throw new ApiError(await reason(response), { status: response.status });
  }
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new ApiError("Rose’s answer could not be read.", { status: response.status, cause });
  }
}

/** The server's own words where it sent some. */
async function reason(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === "object" && body !== null && "detail" in body) {
    if (typeof body.detail === "string") return body.detail;
  }
  return `Something went wrong (${String(response.status)}).`;
}
