/** Well within the time for which an attempt is held. */
const everySeconds = 150;

/**
 * Keeps the hold on an environment while its tests run, in which no container of the procedure is
 * there to do it. A renewal that fails is not the end: the next container looks for itself.
 */
export function keepAlive(keep: () => Promise<unknown>, every = everySeconds): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(keep).catch(() => undefined);
  }, every * 1000);
  return async () => {
    clearInterval(timer);
    await last;
  };
}
