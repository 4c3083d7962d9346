import type { Config } from "../../config/config.ts";
import { mapOk, ok, thenOk } from "../../network/answer.ts";
import type { Provider } from "../provider.ts";
import { addressOf } from "./address.ts";
import { type ConnectRequest, connectIfAlive, ensureDaemon } from "./connect.ts";
import { askDaemon } from "./control/client.ts";
import type { Cursor } from "./control/forms.ts";
import { tailOf } from "./daemon/versions/log-files.ts";
import { createInquiry } from "./inquiry.ts";
import { logFile, placesOf } from "./places.ts";
import { localUrl, portDrift, preflight } from "./preflight.ts";
import { send } from "./send.ts";
import { sightingOf } from "./sighting.ts";

export interface LocalRequest {
  /** The repository's folder: everything lies under its `.gantry/environments`. */
  readonly repository: string;
  readonly environment: string;
  readonly config: Config;
  readonly machine: NodeJS.ProcessEnv;
  /** Gantry's folder for tools and download caches. */
  readonly home: string;
  /** The program that is the daemon, where it is not Gantry's own source run by this Node. */
  readonly program?: readonly [string, ...string[]];
}

const logLines = 200;

/** The provider that runs versions on this machine, under a daemon of the environment's own. */
export async function createLocalProvider(request: LocalRequest): Promise<Provider> {
  const connecting = connectingOf(request);
  const places = placesOf(request.repository, request.environment);
  const inquiry = createInquiry(connecting, places, addressUrl(request));
  const cursors = new Map<string, Cursor>();
  return {
    name: "local",
    lookSeconds: (phase) => (phase === "waiting" || phase === "building" ? 0.5 : 0.2),
    preflight: () => preflight(request, connecting),
    applySettings: async () =>
      mapOk(await connectIfAlive(connecting), (found) =>
        portDrift(connecting.port, found?.status.port),
      ),
    serving: inquiry.serving,
    find: inquiry.find,
    findBroughtBack: ({ key }) => inquiry.find(key),
    send: (shipment) => send(request, connecting, shipment),
    async look(id) {
      const seen = await inquiry.look(id, cursors.get(id) ?? { build: 0, deploy: 0 });
      return mapOk(seen, ({ cursor, ...look }) => {
        cursors.set(id, cursor);
        return look;
      });
    },
    cancel: async (id) =>
      thenOk(await ensureDaemon(connecting), async ({ socket }) =>
        mapOk(await askDaemon(socket, "cancel", { id }), () => true as const),
      ),
    canBringBack: inquiry.canBringBack,
    bringBack: async (id, key) =>
      thenOk(await ensureDaemon(connecting), async ({ socket, status }) =>
        mapOk(await askDaemon(socket, "bring-back", { id, key }), ({ deployment }) =>
          sightingOf(deployment, addressUrl(request) ?? localUrl(status.port)),
        ),
      ),
    logs: async (id, stream) => ok(await tailOf(logFile(places, id, stream), logLines)),
  };
}

function connectingOf({ config, ...request }: LocalRequest): ConnectRequest {
  const { repository, environment, machine, home, program } = request;
  const address = addressOf(config, environment);
  return {
    repository,
    environment,
    machine,
    home,
    ...(program && { program }),
    ...(address.ok && address.port !== undefined && { port: address.port }),
  };
}

function addressUrl({ config, environment }: LocalRequest): string | undefined {
  const address = addressOf(config, environment);
  return address.ok ? address.url : undefined;
}
