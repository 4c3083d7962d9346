import { setTimeout as sleep } from "node:timers/promises";

/** A version that runs, or ran, as a process or a container. */
export interface Running {
  /** Settles with how it ended; never rejects. */
  readonly ended: Promise<Ending>;
  /** The same without waiting. */
  readonly ending: () => Ending | undefined;
  /** Asks it to end, and ends it where it does not; whatever it started ends with it. */
  readonly end: () => Promise<void>;
}

export interface Ending {
  readonly why: string;
  /** Absent where nobody was there to see it. */
  readonly exit?: number;
}

/** How long a version has between being asked to end and being ended. */
export const graceMilliseconds = 10_000;

/** Makes the pair of `ended` and `ending` from one source. */
export function settling(ended: Promise<Ending>): Pick<Running, "ended" | "ending"> {
  let ending: Ending | undefined;
  const kept = ended.then((value) => {
    ending = value;
    return value;
  });
  return { ended: kept, ending: () => ending };
}

/** Looks again and again until something has ended. */
export async function watched(
  look: () => Promise<Ending | undefined>,
  everyMilliseconds: number,
): Promise<Ending> {
  for (;;) {
    const ending = await look();
    if (ending) return ending;
    await sleep(everyMilliseconds, undefined, { ref: false });
  }
}
