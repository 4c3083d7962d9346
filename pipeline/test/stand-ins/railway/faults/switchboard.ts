import { type Arm, type Armed, createArmedFaults } from "../../armed-faults.ts";
import type { DeploymentFault, RequestFault } from "./fault.ts";

/** The faults that are armed. */
export interface Switchboard {
  /** Strikes requests for this operation: a root field's name, `up`, or `*`. */
  readonly onRequest: (operation: string, fault: RequestFault, arm?: Arm) => void;
  /** Strikes the next deployments that are created. */
  readonly onDeployment: (fault: DeploymentFault, arm?: Arm) => void;
  readonly takeForRequest: (operations: readonly string[]) => RequestFault | undefined;
  readonly takeForDeployment: () => DeploymentFault | undefined;
  readonly armed: () => readonly Armed<RequestFault | DeploymentFault>[];
  readonly clear: () => void;
}

const creation = "(a deployment's creation)";

export function createSwitchboard(): Switchboard {
  const requests = createArmedFaults<RequestFault>();
  const deployments = createArmedFaults<DeploymentFault>();
  return {
    onRequest: requests.arm,
    onDeployment: (fault, how) => deployments.arm(creation, fault, how),
    takeForRequest: (operations) => requests.take([...operations, "*"]),
    takeForDeployment: () => deployments.take([creation]),
    armed: () => [...requests.armed(), ...deployments.armed()],
    clear() {
      requests.clear();
      deployments.clear();
    },
  };
}
