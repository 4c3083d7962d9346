/** Remembers the session while the tab is open, so that a reload goes on with the same talk. */
export interface SessionStore {
  load(): string | undefined;
  save(sessionId: string): void;
  clear(): void;
}

const KEY = "rose.session";

/** Keeps it in the browser; one that forbids this (private windows may) only loses the reload. */
export function browserStore(storage: () => Storage = () => sessionStorage): SessionStore {
  return {
    load: () => attempt(() => storage().getItem(KEY) ?? undefined),
    save: (sessionId) => {
      attempt(() => {
        storage().setItem(KEY, sessionId);
      });
    },
    clear: () => {
      attempt(() => {
        storage().removeItem(KEY);
      });
    },
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
