import { places } from "./environment.ts";

/**
 * The fixed script around every command, for any POSIX shell. It never fails itself: how the
 * command ended is data, so that logs and reports outlive a red step. `date +%s` and `timeout -k`
 * are the forms that BusyBox knows too.
 *
 *   $1 seconds  $2 which try this is (only a key)  $3 shown|hidden  $4… the command
 */
export const wrapper = `
limit=$1; show=$3; shift 3
run=$GANTRY_RUN_KEY
unset GANTRY_RUN_KEY TRACEPARENT BAGGAGE
unset OTEL_TRACES_EXPORTER OTEL_EXPORTER_OTLP_PROTOCOL OTEL_EXPORTER_OTLP_ENDPOINT
unset OTEL_EXPORTER_OTLP_TRACES_ENDPOINT OTEL_EXPORTER_OTLP_TRACES_PROTOCOL OTEL_EXPORTER_OTLP_TRACES_LIVE
unset OTEL_EXPORTER_OTLP_LOGS_ENDPOINT OTEL_EXPORTER_OTLP_LOGS_PROTOCOL
unset OTEL_EXPORTER_OTLP_METRICS_ENDPOINT OTEL_EXPORTER_OTLP_METRICS_PROTOCOL
mkdir -p ${places.reports}
command -v timeout >/dev/null && set -- timeout -k 10 "$limit" "$@"
begun=$(date +%s)
if [ "$show" = hidden ]; then "$@" >${places.out}/log 2>&1 </dev/null; else "$@" 2>&1 </dev/null; fi
code=$?
printf '%s %s %s\\n' "$code" "$(($(date +%s) - begun))" "$run" >${places.out}/end
exit 0
`.trim();

/** How a wrapped command ended. */
export interface CommandEnd {
  readonly exit: number;
  readonly seconds: number;
  /** The run that really executed it: another one where the engine answered from its cache. */
  readonly run: string;
}

export function readEnd(text: string): CommandEnd {
  const [exit, seconds, run] = text.trim().split(" ");
  return { exit: Number(exit), seconds: Number(seconds), run: run ?? "" };
}

/** `timeout` says 124, or 137 where it had to kill; a command may say the same by itself. */
export function timedOut(end: CommandEnd, limit: number): boolean {
  return (end.exit === 124 || end.exit === 137) && end.seconds >= limit;
}
