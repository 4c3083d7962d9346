import type { Run } from "../../execute/run.ts";
export function terminalSummary(run: Run, _o: unknown): string {
  return (
    run.stages
      .map(
        (s) =>
          `${s.id} ${s.outcome} ${s.reason} ${s.seconds.toFixed(1)}s ${s.coverage?.percent ?? ""} ${s.tests ? JSON.stringify(s.tests) : ""}\n` +
          s.steps
            .map(
              (t) =>
                `   ${t.id} ${t.outcome} ${t.seconds.toFixed(2)} ${t.exit ?? ""} ${t.explanation?.message ?? ""} ${t.reused ? "reused" : ""}`,
            )
            .join("\n"),
      )
      .join("\n") + `\n${run.verdict} ${run.seconds}`
  );
}
