/** What is left of waiting for the engine once a step's own time is over. */
const graceMilliseconds = 30_000;

export const overdue = Symbol("overdue");

/**
 * Waits for the engine, but not for ever: the command's own limit is kept inside its container, and
 * this one is for an engine that does not answer.
 */
export async function within<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T | typeof overdue> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let listen: (() => void) | undefined;
  const late = new Promise<typeof overdue>((resolve) => {
    listen = () => {
      timer = setTimeout(() => resolve(overdue), graceMilliseconds);
    };
    if (signal.aborted) listen();
    else signal.addEventListener("abort", listen, { once: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    if (listen) signal.removeEventListener("abort", listen);
  }
}
