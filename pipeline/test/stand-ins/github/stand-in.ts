import { type ArmedFaults, createArmedFaults } from "../armed-faults.ts";
import { type Clock, handClock } from "../railway/clock.ts";
import type { ConnectionFault } from "../railway/faults/fault.ts";
import { openDoor, shut } from "../railway/http/doors.ts";
import type { Fault } from "./fault.ts";
import { openControl } from "./http/control.ts";
import { createHandler, type RequestRecord } from "./http/handler.ts";
import { createStore } from "./http/store.ts";
import { defaults, type Options } from "./options.ts";
import { createWorld, type World } from "./world/world.ts";

/**
 * A stand-in for GitHub: one repository, kept in memory, behind the REST interface as GitHub itself
 * describes it, and a switchboard of what goes wrong.
 */
export interface GithubStandIn {
  /** Where the API listens, in place of https://api.github.com. */
  readonly address: string;
  /** Where other processes steer it. */
  readonly control: string;
  readonly world: World;
  /** Armed by GitHub's own names of its operations, such as `repos/create-deployment`, by `artifact-store`, or `*`. */
  readonly faults: ArmedFaults<Fault>;
  readonly requests: readonly RequestRecord[];
  /** What was asked or answered against GitHub's description; `close` throws if there is any. */
  readonly mismatches: readonly string[];
  readonly advance: (seconds: number) => Promise<void>;
  readonly connection: (fault: ConnectionFault | undefined) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface Start extends Partial<Options> {
  /** Moved by hand unless another one is given. */
  readonly clock?: Clock;
}

export async function startGithub({
  clock = handClock(),
  ...given
}: Start = {}): Promise<GithubStandIn> {
  const options = { ...defaults, ...given };
  const faults = createArmedFaults<Fault>();
  const world = createWorld(clock, options, faults);
  const requests: RequestRecord[] = [];
  const mismatches: string[] = [];
  const api = { world, requests, mismatches };
  const door = await openDoor(options, createHandler(api));
  const store = await openDoor({ ...options, port: 0 }, createStore(api));
  const scheme = options.tls ? "https" : "http";
  world.address = `${scheme}://127.0.0.1:${door.port}`;
  world.storeAddress = `${scheme}://127.0.0.1:${store.port}`;
  const control = await openControl(() => standIn);
  const standIn: GithubStandIn = {
    address: world.address,
    control: `http://127.0.0.1:${control.port}/_control`,
    world,
    faults,
    requests,
    mismatches,
    advance: (seconds) => clock.advance(seconds * 1000),
    connection: door.set,
    async close() {
      clock.stop();
      await Promise.all([door.server, store.server, control.server].map(shut));
      if (mismatches.length > 0) throw new Error(`Not as GitHub: ${mismatches.join("\n")}`);
    },
  };
  return standIn;
}
