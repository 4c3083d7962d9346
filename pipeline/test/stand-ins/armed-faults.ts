/** Faults that wait for the requests they are meant for. Each counts down as it strikes. */
export interface ArmedFaults<F> {
  readonly arm: (operation: string, fault: F, how?: Arm) => void;
  /** The first that is armed for one of these operations. */
  readonly take: (operations: readonly string[]) => F | undefined;
  readonly armed: () => readonly Armed<F>[];
  readonly clear: () => void;
}

export interface Arm {
  /** How often it strikes: once unless told. */
  readonly times?: number;
  /** How many it lets pass before. */
  readonly after?: number;
}

export interface Armed<F> {
  readonly operation: string;
  readonly fault: F;
  times: number;
  after: number;
}

export function createArmedFaults<F>(): ArmedFaults<F> {
  let armed: Armed<F>[] = [];
  return {
    arm(operation, fault, { times = 1, after = 0 } = {}) {
      armed.push({ operation, fault, times, after });
    },
    take(operations) {
      const found = armed.find((one) => operations.includes(one.operation));
      if (!found) return undefined;
      if (found.after > 0) {
        found.after -= 1;
        return undefined;
      }
      found.times -= 1;
      armed = armed.filter((one) => one.times > 0);
      return found.fault;
    },
    armed: () => armed,
    clear() {
      armed = [];
    },
  };
}
