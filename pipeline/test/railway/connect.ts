import { type Connection, connect } from "../../src/deploy/railway/client/index.ts";
import type { Target } from "../../src/deploy/railway/client/target.ts";
import type { RailwayStandIn } from "../stand-ins/railway/stand-in.ts";

/** The client on the stand-in: when the one waits, the time of the other goes on. */
export function connectTo(
  standIn: RailwayStandIn,
  given: Partial<Parameters<typeof connect>[0]> = {},
): Connection {
  return connect({
    address: standIn.address,
    token: { kind: "project", value: () => standIn.world.options.projectToken },
    now: standIn.world.clock.now,
    sleep: standIn.advance,
    random: () => 0.5,
    ...given,
  });
}

export function targetOf({ seeded }: RailwayStandIn): Target {
  const { projectId, environmentId, serviceId } = seeded.production;
  return { projectId, environmentId, serviceId };
}
