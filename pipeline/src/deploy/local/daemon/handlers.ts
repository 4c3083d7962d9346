import { controlVersion, type Handled, type Handlers, tell } from "../control/forms.ts";
import { logFile } from "../places.ts";
import { type Deployment, isUnderWay } from "../state.ts";
import type { Site } from "./site.ts";
import type { Supervisor } from "./supervisor.ts";
import { readLog, tailOf } from "./versions/log-files.ts";

/** What the daemon answers to each question. */
export function createHandlers(site: Site, supervisor: Supervisor, down: () => void): Handlers {
  const { store, places } = site;
  const about = async <T>(
    id: string,
    work: (deployment: Deployment) => Promise<Handled<T>> | Handled<T>,
  ): Promise<Handled<T>> => {
    const deployment = store.find(id);
    return deployment
      ? work(deployment)
      : { ok: false, status: 404, reason: `there is no deployment ${id}` };
  };
  return {
    async status() {
      await store.written();
      return yes(statusOf(site));
    },
    deploy: async (asks) => yes({ deployment: tell(await supervisor.deploy(asks)) }),
    deployment: ({ id }) => yes(oneOf(store.find(id))),
    find: ({ key }) => yes(oneOf(store.state().deployments.find((one) => one.key === key))),
    list: () => yes({ deployments: store.state().deployments.map(tell) }),
    look: ({ id, cursor }) =>
      about(id, async (deployment) => {
        // What is told must still be so for a daemon that takes over from this one.
        await store.written();
        // The state first: whatever is said before a phase is seen comes with it.
        const last = !isUnderWay(deployment);
        const build = await readLog(logFile(places, id, "build"), cursor.build, last);
        const deploy = await readLog(logFile(places, id, "deploy"), cursor.deploy, last);
        return yes({
          deployment: tell(deployment),
          lines: [
            ...build.lines.map((text) => ({ stream: "build" as const, text })),
            ...deploy.lines.map((text) => ({ stream: "deploy" as const, text })),
          ],
          cursor: { build: build.next, deploy: deploy.next },
        });
      }),
    logs: ({ id, stream, lines }) =>
      about(id, async () => yes({ lines: await tailOf(logFile(places, id, stream), lines) })),
    cancel: ({ id }) =>
      about(id, async (deployment) =>
        (await supervisor.cancel(deployment)) ? yes({}) : no(`${id} serves already`),
      ),
    "can-bring-back": ({ id }) =>
      about(id, async (deployment) => yes({ can: await supervisor.canBringBack(deployment) })),
    "bring-back": ({ id, key }) =>
      about(id, async (deployment) => {
        const known = store.state().deployments.some((one) => one.key === key);
        if (!known && !(await supervisor.canBringBack(deployment))) {
          return no(`${id} cannot be brought back: it never served, or its files are gone`);
        }
        return yes({ deployment: tell(await supervisor.bringBack(deployment, key)) });
      }),
    async down() {
      await supervisor.end();
      // The answer goes out first.
      setImmediate(down);
      return yes({});
    },
  };
}

function statusOf(site: Site) {
  const { serving } = site.store.state();
  const deployment = serving === undefined ? undefined : site.store.find(serving);
  return {
    version: controlVersion,
    environment: site.environment,
    port: site.proxy.port,
    pid: process.pid,
    ...(deployment && { serving: tell(deployment) }),
  };
}

function oneOf(deployment: Deployment | undefined) {
  return deployment ? { deployment: tell(deployment) } : {};
}

function yes<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

function no(reason: string): { readonly ok: false; readonly status: 409; readonly reason: string } {
  return { ok: false, status: 409, reason };
}
