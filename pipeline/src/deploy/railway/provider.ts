import { type Answer, mapOk, ok, thenOk } from "../../network/answer.ts";
import type { BroughtBack, LogStream, Look, Phase, Provider, Sighting } from "../provider.ts";
import {
  activeDeployments,
  type Connection,
  cancelDeployment,
  createWatch,
  type Deployment,
  findDeployment,
  findTarget,
  findUpload,
  listDeployments,
  readLogs,
  rollBack,
  type Seen,
  type Target,
  type WantedTarget,
} from "./client/index.ts";
import { keyVariable, sendShipment } from "./send.ts";
import { findDrift, type Kept, mendDrift } from "./settings.ts";
import type { WantedService } from "./wanted.ts";

export interface RailwayRequest {
  readonly connection: Connection;
  readonly target: WantedTarget;
  readonly wanted: WantedService;
  readonly variables: Readonly<Record<string, string>>;
}

/** A service on Railway. Its target is looked up once, by the first call that needs it. */
export function createRailwayProvider(request: RailwayRequest): Provider {
  const { connection, wanted, variables } = request;
  let found: Target | undefined;
  const watches = new Map<string, () => Promise<Answer<Seen>>>();
  const withTarget = async <T>(act: (target: Target) => Promise<Answer<T>>): Promise<Answer<T>> => {
    const target = found ? ok(found) : await findTarget(connection, request.target);
    if (target.kind === "ok") found = target.value;
    return thenOk(target, act);
  };
  const kept = (target: Target): Kept => ({ connection, target, wanted, variables });
  return {
    name: "railway",
    lookSeconds,
    preflight: () =>
      withTarget(async (target) =>
        mapOk(await findDrift(kept(target)), (drift) => ({
          target: describeTarget(request.target),
          url: undefined,
          drift,
          warnings: wanted.warnings,
        })),
      ),
    applySettings: () => withTarget((target) => mendDrift(kept(target))),
    serving: () =>
      withTarget(async (target) =>
        mapOk(await activeDeployments(connection, target), (active) => newestOf(active)),
      ),
    find: (key) =>
      withTarget(async (target) => {
        const mark = { key, variable: keyVariable, known: [] };
        return mapOk(await findUpload(connection, target, mark), asSighting);
      }),
    send: (shipment) => withTarget((target) => sendShipment(connection, target, shipment)),
    async look(id) {
      const watch = watches.get(id) ?? createWatch(connection, id);
      watches.set(id, watch);
      return mapOk(await watch(), asLook);
    },
    cancel: async (id) => mapOk(await cancelDeployment(connection, id), () => true as const),
    canBringBack: async (id) =>
      mapOk(await findDeployment(connection, id), ({ canRollback }) => canRollback),
    bringBack: (id) =>
      withTarget(async (target) => mapOk(await rollBack(connection, target, id), sightingOf)),
    findBroughtBack: (back) =>
      withTarget(async (target) =>
        mapOk(await listDeployments(connection, target), (list) => pickRollback(list, back)),
      ),
    logs: (id, stream: LogStream) => readTail(connection, id, stream),
  };
}

/** So that a deployment of five minutes stays well below sixty requests. */
function lookSeconds(phase: Phase): number {
  return phase === "deploying" || phase === "live" ? 5 : 10;
}

function describeTarget({ project, environment, service }: WantedTarget): string {
  const parts = [project, environment, service].filter((part) => part !== undefined);
  return `${parts.join(" / ")} on Railway`;
}

function newestOf(active: readonly Deployment[]): Sighting | undefined {
  const newestFirst = active.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  const live = newestFirst.find(({ phase }) => phase.phase === "live" || phase.phase === "asleep");
  return asSighting(live ?? newestFirst[0]);
}

/** Our clock and Railway's may differ. */
const skewMilliseconds = 60_000;

/** Railway names no target in a rollback: it is the newest that came after it was asked for. */
function pickRollback(list: readonly Deployment[], { since }: BroughtBack): Sighting | undefined {
  const from = Date.parse(since) - skewMilliseconds;
  const fresh = list.filter(({ createdAt }) => Date.parse(createdAt) >= from);
  return asSighting(fresh.find(({ reason }) => reason === "rollback"));
}

function asLook({ deployment, lines }: Seen): Look {
  return {
    sighting: sightingOf(deployment),
    lines: lines.map(({ stream, line }) => ({ stream, text: line.message })),
  };
}

function asSighting(deployment: Deployment | undefined): Sighting | undefined {
  return deployment && sightingOf(deployment);
}

function sightingOf({ id, phase, createdAt, host }: Deployment): Sighting {
  const url = host === undefined ? undefined : `https://${host}`;
  return { id, phase: phase.phase, said: phase.said, createdAt, url };
}

async function readTail(
  connection: Connection,
  id: string,
  stream: LogStream,
): Promise<Answer<readonly string[]>> {
  return mapOk(await readLogs(connection, { id, stream }), ({ lines }) =>
    lines.map(({ message }) => message),
  );
}
