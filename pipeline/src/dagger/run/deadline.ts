/** How much longer than a step's own time the engine may take to say that it is over. */
const graceSeconds = 30;

export const overdue = Symbol("overdue");

/**
 * Waits for the engine, but not for ever: a command's limit is kept inside its container, and this
 * one is for an engine that does not answer. It counts from here, so that an image that had to be
 * fetched first takes nothing from the step's time.
 */
export async function within<T>(
  work: Promise<T>,
  seconds: number,
  grace = graceSeconds,
): Promise<T | typeof overdue> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<typeof overdue>((resolve) => {
    timer = setTimeout(() => resolve(overdue), (seconds + grace) * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
