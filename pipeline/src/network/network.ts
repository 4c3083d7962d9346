import { setTimeout as wait } from "node:timers/promises";

export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/** The world's clock, chance and network, with the bounds of every exchange over it. */
export interface Network {
  readonly fetch: FetchLike;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Ends early, and without an error, when it is called off. */
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to 1; spreads repeated requests. */
  readonly random: () => number;
  readonly limits: Limits;
}

export interface Limits {
  /** Tries of a request that is safe to repeat, the first one included. */
  readonly attempts: number;
  readonly requestSeconds: number;
  readonly uploadSeconds: number;
  /** A longer Retry-After is handed back instead of waited for. */
  readonly longestWaitSeconds: number;
  /** How long a lost act is looked for before it counts as not done. */
  readonly settleSeconds: number;
}

export type GivenNetwork = Partial<Omit<Network, "limits">> & { readonly limits?: Partial<Limits> };

const defaultLimits: Limits = {
  attempts: 4,
  requestSeconds: 30,
  uploadSeconds: 900,
  longestWaitSeconds: 60,
  settleSeconds: 60,
};

/** The real network, but for what is given. */
export function openNetwork({ limits, ...given }: GivenNetwork = {}): Network {
  return {
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
