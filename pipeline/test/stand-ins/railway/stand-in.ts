import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Behaviour } from "./apps/behaviour.ts";
import { type Clock, handClock } from "./clock.ts";
import type { ConnectionFault } from "./faults/fault.ts";
import { createSwitchboard, type Switchboard } from "./faults/switchboard.ts";
import { loadSchema } from "./graphql/schema.ts";
import { createHandler, type RequestRecord } from "./http/api.ts";
import { openControl } from "./http/control.ts";
import { openDoor, shut } from "./http/doors.ts";
import { openPublicAddress } from "./http/public-address.ts";
import { openWebSocket } from "./http/web-socket.ts";
import { defaults, type Options } from "./options.ts";
import { createJournal, type Journal } from "./world/journal.ts";
import type { Deployment, Instance } from "./world/model.ts";
import { forgetImage } from "./world/retention.ts";
import { type Seeded, seed } from "./world/seed.ts";
import { createWorld, type World } from "./world/world.ts";

/**
 * A stand-in for Railway: its API as the real schema has it, deployments that take their time and
 * really serve, and a switchboard of everything that goes wrong.
 */
export interface RailwayStandIn {
  /** Where the API listens, in place of https://backboard.railway.com. */
  readonly address: string;
  /** Where other processes steer it. */
  readonly control: string;
  readonly world: World;
  readonly seeded: Seeded;
  readonly faults: Switchboard;
  readonly journal: Journal;
  readonly requests: readonly RequestRecord[];
  readonly advance: (seconds: number) => Promise<void>;
  /** How the next uploads behave. */
  readonly behave: (behaviour: Behaviour) => void;
  readonly connection: (fault: ConnectionFault | undefined) => Promise<void>;
  readonly forgetImage: (deploymentId: string) => void;
  readonly publicUrl: (instance: Instance) => string;
  readonly close: () => Promise<void>;
}

export interface Start extends Partial<Options> {
  /** Moved by hand unless another one is given. */
  readonly clock?: Clock;
}

export async function startRailway({
  clock = handClock(),
  ...given
}: Start = {}): Promise<RailwayStandIn> {
  const options = { ...defaults, ...given };
  const journal = createJournal(clock.now);
  const faults = createSwitchboard();
  const world = createWorld({ clock, options, faults, journal });
  const seeded = seed(world);
  const schema = loadSchema(options);
  const folder = await mkdtemp(join(tmpdir(), "railway-stand-in-"));
  const requests: RequestRecord[] = [];
  const door = await openDoor(options, createHandler({ world, schema, seeded, folder, requests }));
  const sockets = openWebSocket(door.server, world, schema, seeded);
  const publics = await Promise.all(world.instances.map(openPublicAddress));
  const control = await openControl(() => standIn);
  const standIn: RailwayStandIn = {
    address: `${options.tls ? "https" : "http"}://127.0.0.1:${door.port}`,
    control: `http://127.0.0.1:${control.port}/_control`,
    world,
    seeded,
    faults,
    journal,
    requests,
    advance: (seconds: number) => clock.advance(seconds * 1000),
    behave(behaviour: Behaviour) {
      options.behaviour = behaviour;
    },
    connection: door.set,
    forgetImage: (id: string) => forgetImage(world, deploymentById(world, id)),
    publicUrl: (instance: Instance) => `http://${instance.domain}`,
    async close() {
      clock.stop();
      for (const socket of sockets.clients) socket.terminate();
      await Promise.all([door.server, control.server, ...publics].map(shut));
      await Promise.all(world.deployments.map((one) => one.app?.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
  return standIn;
}

function deploymentById(world: World, id: string): Deployment {
  const found = world.deployments.find((one) => one.id === id);
  if (!found) throw new Error(`There is no deployment ${id}`);
  return found;
}
