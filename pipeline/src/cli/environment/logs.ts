import { describeProviderFailure } from "../../deploy/describe-provider.ts";
import type { LogStream } from "../../deploy/provider.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { createRedactor } from "../../execute/redact/redact.ts";
import { type Answer, thenOk } from "../../network/answer.ts";
import { visibleLine } from "../../report/visible.ts";
import type { Shown } from "./ask.ts";
import type { OpenEnvironment } from "./open.ts";

/** The last lines of a deployment, or of what serves. */
export async function environmentLogs(
  { provider, environment, secrets }: OpenEnvironment,
  { stream, deployment }: { readonly stream: LogStream; readonly deployment: string | undefined },
): Promise<Result<Shown>> {
  const id: Answer<string | undefined> = deployment
    ? { kind: "ok", value: deployment }
    : await thenOk(await provider.serving(), (seen) => ({ kind: "ok", value: seen?.id }));
  const lines = await thenOk(id, (found) =>
    found === undefined ? { kind: "ok" as const, value: [] } : provider.logs(found, stream),
  );
  if (lines.kind !== "ok") {
    return fail({
      code: "GANTRY-PROVIDER",
      message: `the logs of \`${environment.name}\`: ${describeProviderFailure(provider.name, lines)}`,
      mend: "run the same command again; `gantry history` shows the deployments that there are",
    });
  }
  const redactor = createRedactor(secrets);
  const shown = lines.value.map((line) => redactor.text(line));
  const text = shown.map(visibleLine).join("\n");
  if (text !== "") return ok({ json: { lines: shown }, text });
  const found = id.kind === "ok" ? id.value : undefined;
  const why = found
    ? `there is no ${stream} log of a deployment ${found}`
    : `nothing serves in \`${environment.name}\`, so there is no log`;
  return ok({ json: { lines: shown }, text: why });
}
