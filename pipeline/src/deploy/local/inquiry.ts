import { type Answer, mapOk, ok, refused, thenOk } from "../../network/answer.ts";
import type { LogLine, Look, Sighting } from "../provider.ts";
import { type Connection, type ConnectRequest, connectIfAlive } from "./connect.ts";
import { askDaemon } from "./control/client.ts";
import { type Cursor, type Told, tell } from "./control/forms.ts";
import { readLog } from "./daemon/versions/log-files.ts";
import { logFile, type Places } from "./places.ts";
import { localUrl } from "./preflight.ts";
import { isKept, remembered } from "./remembered.ts";
import { sightingOf } from "./sighting.ts";
import { type Deployment, isUnderWay, type State } from "./state.ts";

/** What can be asked without changing anything: of the daemon, or of what it has left written. */
export interface Inquiry {
  readonly serving: () => Promise<Answer<Sighting | undefined>>;
  readonly find: (key: string) => Promise<Answer<Sighting | undefined>>;
  readonly look: (id: string, cursor: Cursor) => Promise<Answer<LookedAt>>;
  readonly canBringBack: (id: string) => Promise<Answer<boolean>>;
}

export interface LookedAt extends Look {
  readonly cursor: Cursor;
}

/** More than this many parts of a log at once are left for the next look. */
const partsAtMost = 64;

export function createInquiry(
  connecting: ConnectRequest,
  places: Places,
  url: string | undefined,
): Inquiry {
  const asking = async <T>(
    online: (connection: Connection) => Promise<Answer<T>>,
    offline: (state: State | undefined) => Promise<Answer<T>>,
  ): Promise<Answer<T>> =>
    thenOk(await connectIfAlive(connecting), async (connection) =>
      connection ? online(connection) : thenOk(await remembered(places), offline),
    );
  const seen = (told: Told, port: number | undefined): Sighting =>
    sightingOf(told, url ?? (port === undefined ? undefined : localUrl(port)));
  const seenIf = (told: Told | undefined, port: number | undefined): Sighting | undefined =>
    told && seen(told, port);
  return {
    serving: () =>
      asking<Sighting | undefined>(
        async ({ status }) => ok(seenIf(status.serving, status.port)),
        async () => ok(undefined),
      ),
    find: (key) =>
      asking<Sighting | undefined>(
        async ({ socket, status }) =>
          mapOk(await askDaemon(socket, "find", { key }), ({ deployment }) =>
            seenIf(deployment, status.port),
          ),
        async (state) => {
          const found = state?.deployments.find((one) => one.key === key);
          return ok(found && seen(tell(found), state?.port));
        },
      ),
    look: (id, cursor) =>
      asking<LookedAt>(
        async ({ socket, status }) => lookOnline({ socket, id, cursor, seen, port: status.port }),
        async (state) =>
          about(state, id, async (found) => ({
            sighting: seen(tell(found), state?.port),
            ...(await lookOffline(places, id, cursor)),
          })),
      ),
    canBringBack: (id) =>
      asking<boolean>(
        async ({ socket }) =>
          mapOk(await askDaemon(socket, "can-bring-back", { id }), ({ can }) => can),
        async (state) => about(state, id, async (found) => !!state && isKept(places, state, found)),
      ),
  };
}

async function about<T>(
  state: State | undefined,
  id: string,
  work: (deployment: Deployment) => Promise<T>,
): Promise<Answer<T>> {
  const found = state?.deployments.find((one) => one.id === id);
  return found ? ok(await work(found)) : refused(`there is no deployment ${id}`, 404);
}

interface OnlineLook {
  readonly socket: string;
  readonly id: string;
  readonly cursor: Cursor;
  readonly seen: (told: Told, port: number) => Sighting;
  readonly port: number;
}

/** All that was said so far, in parts: after the last look there may be no other. */
async function lookOnline({ socket, id, cursor, seen, port }: OnlineLook) {
  const lines: LogLine[] = [];
  let at = cursor;
  for (let part = 1; ; part += 1) {
    const looked = await askDaemon(socket, "look", { id, cursor: at });
    if (looked.kind !== "ok") return looked;
    const { deployment } = looked.value;
    lines.push(...looked.value.lines);
    at = looked.value.cursor;
    if (isUnderWay(deployment) || looked.value.lines.length === 0 || part === partsAtMost) {
      return ok({ sighting: seen(deployment, port), lines, cursor: at });
    }
  }
}

async function lookOffline(
  places: Places,
  id: string,
  cursor: Cursor,
): Promise<{ lines: LogLine[]; cursor: Cursor }> {
  const build = await readLog(logFile(places, id, "build"), cursor.build, true);
  const deploy = await readLog(logFile(places, id, "deploy"), cursor.deploy, true);
  return {
    lines: [
      ...build.lines.map((text) => ({ stream: "build" as const, text })),
      ...deploy.lines.map((text) => ({ stream: "deploy" as const, text })),
    ],
    cursor: { build: build.next, deploy: deploy.next },
  };
}
