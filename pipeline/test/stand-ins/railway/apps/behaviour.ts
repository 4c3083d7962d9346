/** How the built-in application behaves; one value a version. */
export interface Behaviour {
  /** What the health path answers, in turn and over again. */
  readonly health?: readonly FakeAnswer[];
  /** The same once it serves the public, where that differs. */
  readonly healthLive?: readonly FakeAnswer[];
  /** Further paths, as `POST /api/session/start`. */
  readonly routes?: Readonly<Record<string, FakeAnswer>>;
  /** How long it does not answer after its start. */
  readonly bootSeconds?: number;
  /** When it ends by itself, counted from going live. */
  readonly diesAfterSeconds?: number;
  /** Whom it says it is; nothing unless told otherwise by its variables. */
  readonly identity?: { readonly deployment?: string | null; readonly commit?: string | null };
}

export interface FakeAnswer {
  readonly status?: number;
  readonly json?: unknown;
  readonly html?: string;
  readonly redirect?: string;
  /** Begins a body and never ends it. */
  readonly endless?: boolean;
  readonly delaySeconds?: number;
}

export const well: Behaviour = { health: [{ status: 200 }] };
export const neverHealthy: Behaviour = { health: [{ status: 503 }] };
export const flapping: Behaviour = {
  health: [{ status: 200 }],
  healthLive: [{ status: 200 }, { status: 503 }],
};
export const unhealthyLive: Behaviour = {
  health: [{ status: 200 }],
  healthLive: [{ status: 503 }],
};
export const htmlPage: Behaviour = {
  health: [{ status: 200, html: "<!doctype html><title>Welcome</title><p>It works" }],
};
