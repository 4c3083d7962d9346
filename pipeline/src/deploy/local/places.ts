import { createHash } from "node:crypto";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** Where everything of one environment lies. */
export interface Places {
  readonly folder: string;
  readonly state: string;
  /** Who watches over the environment, and where it is asked. */
  readonly daemon: string;
  readonly lock: string;
  readonly log: string;
  readonly socket: string;
  /** Versions that are being handed over; a folder there belongs to whoever makes it. */
  readonly incoming: string;
  readonly releases: string;
  readonly logs: string;
  /** HOME, TMPDIR and installed trees, for builds and for versions. */
  readonly work: string;
}

/** The longest path that a Unix socket may have on every system, less a little. */
const longestSocketPath = 100;

export function placesOf(repository: string, environment: string): Places {
  const folder = join(repository, ".gantry", "environments", environment);
  return {
    folder,
    state: join(folder, "state.json"),
    daemon: join(folder, "daemon.json"),
    lock: join(folder, "daemon.lock"),
    log: join(folder, "daemon.log"),
    socket: socketPath(folder),
    incoming: join(folder, "incoming"),
    releases: join(folder, "releases"),
    logs: join(folder, "logs"),
    work: join(folder, "work"),
  };
}

/** Beside the rest where the path is short enough, else in a folder of this user's alone. */
function socketPath(folder: string): string {
  const near = join(folder, "control.sock");
  if (Buffer.byteLength(near) <= longestSocketPath) return near;
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  return join(tmpdir(), `gantry-${userInfo().uid}`, `${name}.sock`);
}

export function releaseFolder(places: Places, release: string): string {
  return join(places.releases, release);
}

export function filesOf(places: Places, release: string): string {
  return join(places.releases, release, "files");
}

export function logFile(places: Places, id: string, stream: "build" | "deploy"): string {
  return join(places.logs, id, `${stream}.log`);
}
