import { randomBytes } from "node:crypto";
import type { Listener } from "../execute/events.ts";
import { createPlainListener } from "../report/terminal/plain.ts";
import type { Terminal } from "./main.ts";
import type { CommonOptions } from "./options.ts";

/** What a person sees while a run goes. */
export interface Display {
  readonly listener: Listener;
  readonly stop: () => void;
}

export function createDisplay(options: CommonOptions, { stderr, env }: Terminal): Display {
  if (options.quiet) return { listener: () => undefined, stop: () => undefined };
  const listener = createPlainListener((text) => void stderr.write(text), {
    verbose: options.verbose ?? false,
    github: Boolean(env.GITHUB_ACTIONS),
    token: randomBytes(8).toString("hex"),
  });
  return { listener, stop: () => undefined };
}
