/** The signals that end a run: the first lets it end properly, a second one at once. */
export interface Signals {
  readonly signal: AbortSignal;
  readonly endedBy: () => "SIGINT" | "SIGTERM" | undefined;
  readonly stop: () => void;
}

export function onSignals(): Signals {
  const controller = new AbortController();
  let by: "SIGINT" | "SIGTERM" | undefined;
  const handle = (name: "SIGINT" | "SIGTERM"): void => {
    // GitHub sends SIGINT and 7.5 s later SIGTERM: the second must not cut the report short.
    by ??= name;
    controller.abort("cancelled");
  };
  const interrupt = (): void => handle("SIGINT");
  const terminate = (): void => handle("SIGTERM");
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", terminate);
  process.on("SIGHUP", terminate);
  return {
    signal: controller.signal,
    endedBy: () => by,
    stop() {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", terminate);
      process.off("SIGHUP", terminate);
    },
  };
}
