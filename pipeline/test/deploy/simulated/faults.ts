import { type Answer, lost } from "../../../src/network/answer.ts";

/** What can befall a call. `before`: it was not applied; `after`: it was. */
export const faults = [
  "never-sent",
  "lost-before",
  "lost-after",
  "malformed-after",
  "rate-limited",
  "kill-before",
  "kill-after",
] as const;
export type Fault = (typeof faults)[number];

/** The process is gone: nothing that it meant to do happens any more. */
export class Killed extends Error {}

/** Which call is struck, by its number since the beginning. */
export interface Schedule {
  readonly strike: (call: string) => Fault | undefined;
}

type Calls = { readonly [name: string]: unknown };

/** The same port, with what the schedule says befalling its calls. */
export function withFaults<T extends object>(port: T, what: string, schedule: Schedule): T {
  const struck = Object.entries(port as Calls).map(([name, member]) => {
    if (typeof member !== "function" || name === "lookSeconds") return [name, member];
    const call = member as (...args: unknown[]) => Promise<Answer<unknown>>;
    return [
      name,
      (...args: unknown[]) => strike(schedule.strike(`${what}.${name}`), () => call(...args)),
    ];
  });
  return Object.fromEntries(struck) as T;
}

async function strike(
  fault: Fault | undefined,
  call: () => Promise<Answer<unknown>>,
): Promise<Answer<unknown>> {
  switch (fault) {
    case undefined:
      return call();
    case "never-sent":
      return lost("no route", false);
    case "lost-before":
      return lost("the connection broke");
    case "rate-limited":
      return { kind: "rate-limited", retryAfterSeconds: 7 };
    case "kill-before":
      throw new Killed("killed before the call");
    case "lost-after":
      await call();
      return lost("the connection broke");
    case "malformed-after":
      await call();
      return { kind: "malformed", reason: "half an answer" };
    case "kill-after":
      await call();
      throw new Killed("killed after the call");
  }
}
