import type { Call, Thing } from "./fake-engine.ts";

/** The calls that led to a thing, through the file systems that it goes on from. */
export function historyOf(thing: Thing): Call[] {
  const at = thing.calls.findLastIndex((call) => call.field === "withRootfs");
  const rootfs = thing.calls[at]?.args.directory;
  return rootfs ? [...historyOf(rootfs as Thing), ...thing.calls.slice(at + 1)] : [...thing.calls];
}

/** The layers of a container in words: what was laid into it, and what was run, in order. */
export function layersOf(thing: Thing): string[] {
  return historyOf(thing).flatMap((call) => {
    if (call.field === "from") return [`image ${call.args.address}`];
    if (call.field === "withDirectory") return [laid(call)];
    if (call.field === "withExec") return [`run ${commandOf(call).join(" ")}`];
    return [];
  });
}

/** The user's command in a wrapped one: what stands after limit, number and shown. */
export function commandOf(call: Call): string[] {
  const args = call.args.args as string[];
  const name = args.indexOf("gantry");
  const wrapped = args[2]?.includes("GANTRY_RUN_KEY") && name === 3;
  return wrapped ? args.slice(7) : args.slice(0, 2);
}

function laid(call: Call): string {
  const source = call.args.source as Thing;
  const included = source.calls.findLast((other) => other.field === "filter")?.args.include;
  const what =
    Array.isArray(included) && included.length > 0 ? included.join(",") : "the whole source";
  return `lay ${what} into ${call.args.path}`;
}
