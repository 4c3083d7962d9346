import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "../../../host/probe.ts";
import type { RunOrder } from "../state.ts";
import type { Running } from "./versions/running.ts";

export interface HealthRequest {
  readonly health: RunOrder["health"];
  readonly port: number;
  readonly running: Running;
  readonly signal: AbortSignal;
  readonly note: (text: string) => Promise<void>;
}

const consecutive = 2;
const betweenMilliseconds = 100;

/** Asks until the version is healthy twice in a row; else answers why it never was. */
export async function waitUntilHealthy(request: HealthRequest): Promise<string | undefined> {
  const { health, running, signal } = request;
  const end = performance.now() + health.withinSeconds * 1000;
  let said = "";
  for (let inARow = 0; ; ) {
    const objection = await objectionTo(request);
    const ending = running.ending();
    if (ending) return `${ending.why} before it was healthy`;
    if (signal.aborted) return "cancelled";
    inARow = objection === undefined ? inARow + 1 : 0;
    if (inARow === consecutive) return undefined;
    if (objection !== undefined && objection !== said) await request.note(`health: ${objection}`);
    said = objection ?? "";
    if (objection !== undefined && performance.now() >= end) {
      return `not healthy within ${health.withinSeconds} s: ${objection}`;
    }
    await sleep(betweenMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

async function objectionTo(request: HealthRequest): Promise<string | undefined> {
  const { health, port, signal } = request;
  const base = `http://127.0.0.1:${port}`;
  if (health.path === undefined) return anyAnswer(base, signal);
  const objection = await ask(base, { path: health.path, method: "GET", status: 200 }, signal);
  return objection && `${health.path}: ${objection}`;
}

/** Without a health path nothing better can be asked than whether it answers at all. */
async function anyAnswer(base: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
    const { status, body } = await fetch(base, { redirect: "manual", signal: limit });
    await body?.cancel();
    return status < 500 ? undefined : `/: status ${status}`;
  } catch {
    return "nothing answers there yet";
  }
}
