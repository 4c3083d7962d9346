import type { DeploymentFault, RequestFault } from "./fault.ts";

/** The faults that are armed. Each counts down as it strikes. */
export interface Switchboard {
  /** Strikes requests for this operation: a root field's name, `up`, or `*`. */
  readonly onRequest: (operation: string, fault: RequestFault, arm?: Arm) => void;
  /** Strikes the next deployments that are created. */
  readonly onDeployment: (fault: DeploymentFault, arm?: Arm) => void;
  readonly takeForRequest: (operations: readonly string[]) => RequestFault | undefined;
  readonly takeForDeployment: () => DeploymentFault | undefined;
  readonly armed: () => readonly Armed[];
  readonly clear: () => void;
}

export interface Arm {
  /** How often it strikes: once unless told. */
  readonly times?: number;
  /** How many it lets pass before. */
  readonly after?: number;
}

export interface Armed {
  readonly operation: string;
  readonly fault: RequestFault | DeploymentFault;
  times: number;
  after: number;
}

const creation = "(a deployment's creation)";

export function createSwitchboard(): Switchboard {
  let armed: Armed[] = [];
  const arm = (operation: string, fault: Armed["fault"], { times = 1, after = 0 }: Arm = {}) => {
    armed.push({ operation, fault, times, after });
  };
  const take = (operations: readonly string[]) => {
    const found = armed.find((one) => operations.includes(one.operation));
    if (!found) return undefined;
    if (found.after > 0) {
      found.after -= 1;
      return undefined;
    }
    found.times -= 1;
    armed = armed.filter((one) => one.times > 0);
    return found.fault;
  };
  return {
    onRequest: arm,
    onDeployment: (fault, how) => arm(creation, fault, how),
    takeForRequest: (operations) => take([...operations, "*"]) as RequestFault | undefined,
    takeForDeployment: () => take([creation]) as DeploymentFault | undefined,
    armed: () => armed,
    clear: () => {
      armed = [];
    },
  };
}
