import { setTimeout as wait } from "node:timers/promises";
import type { FetchLike } from "./exchange.ts";

/** How Railway is reached: the address, a token, and the world's clock, chance and network. */
export interface Connection {
  readonly address: string;
  readonly token: Token;
  readonly fetch: FetchLike;
  readonly now: () => number;
  /** Ends early, and without an error, when it is called off. */
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to 1; spreads repeated requests. */
  readonly random: () => number;
  readonly limits: Limits;
}

/** The value is a function, so that no print of a connection shows it. */
export interface Token {
  readonly kind: "project" | "account";
  readonly value: () => string;
}

export interface Limits {
  /** Tries of a request that is safe to repeat, the first one included. */
  readonly attempts: number;
  readonly requestSeconds: number;
  readonly uploadSeconds: number;
  /** A longer Retry-After is handed back instead of waited for. */
  readonly longestWaitSeconds: number;
}

export const defaultAddress = "https://backboard.railway.com";

const defaultLimits: Limits = {
  attempts: 4,
  requestSeconds: 30,
  uploadSeconds: 900,
  longestWaitSeconds: 60,
};

type Given = Pick<Connection, "token"> &
  Partial<Omit<Connection, "limits">> & { readonly limits?: Partial<Limits> };

export function connect({ limits, ...given }: Given): Connection {
  return {
    address: defaultAddress,
    fetch,
    now: Date.now,
    sleep,
    random: Math.random,
    ...given,
    limits: { ...defaultLimits, ...limits },
  };
}

async function sleep(seconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await wait(seconds * 1000, undefined, { ...(signal && { signal }) });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
