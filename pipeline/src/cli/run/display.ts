import { randomBytes } from "node:crypto";
import type { Listener } from "../../execute/events.ts";
import { createLiveListener } from "../../report/terminal/live.ts";
import { createPlainListener } from "../../report/terminal/plain.ts";
import { useColor } from "../color.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";

/** What a person sees while a run goes. */
export interface Display {
  readonly listener: Listener;
  /** Leaves the terminal as it was; may be called twice. */
  readonly stop: () => void;
}

const frameMilliseconds = 100;

/** A live view in a terminal, plain lines elsewhere, groups on GitHub, nothing with `--quiet`. */
export function createDisplay(
  options: CommonOptions,
  terminal: Terminal,
  lastSeconds: Readonly<Record<string, number>>,
): Display {
  const { stderr, env } = terminal;
  if (options.quiet) return { listener: () => undefined, stop: () => undefined };
  const write = (text: string): void => void stderr.write(text);
  if (stderr.isTTY && !options.verbose && !env.CI && env.TERM !== "dumb") {
    return liveDisplay(options, terminal, lastSeconds);
  }
  const listener = createPlainListener(write, {
    verbose: options.verbose ?? false,
    github: Boolean(env.GITHUB_ACTIONS),
    token: randomBytes(8).toString("hex"),
  });
  return { listener, stop: () => undefined };
}

function liveDisplay(
  options: CommonOptions,
  terminal: Terminal,
  lastSeconds: Readonly<Record<string, number>>,
): Display {
  const { stderr } = terminal;
  const view = createLiveListener({
    write: (text) => void stderr.write(text),
    color: useColor(options, terminal),
    columns: () => stderr.columns,
    rows: () => stderr.rows,
    now: () => performance.now(),
    lastSeconds,
  });
  const timer = setInterval(view.tick, frameMilliseconds);
  // Also after a bug: nobody should be left without a cursor.
  process.once("exit", view.stop);
  return {
    listener: view.listener,
    stop() {
      clearInterval(timer);
      process.off("exit", view.stop);
      view.stop();
    },
  };
}
