import type { StepResult } from "../execute/executor.ts";

/** An error of the engine in a person's words, without its marks for tracing. */
export function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s*\[traceparent:[^\]]*\]/g, "").trim();
}

/** What a failed command in a container had said, where the engine kept it. */
export interface ExecFailure {
  readonly exit: number;
  readonly command: string;
  readonly output: string;
}

/** Told by its shape: the class belongs to the client, which this room does not load. */
export function execFailureOf(error: unknown): ExecFailure | undefined {
  if (!(error instanceof Error) || !("exitCode" in error)) return undefined;
  const { exitCode, cmd, stdout, stderr } = error as Error & {
    exitCode: number;
    cmd?: string[];
    stdout?: string;
    stderr?: string;
  };
  const output = [stdout, stderr].filter(Boolean).join("\n");
  return { exit: exitCode, command: (cmd ?? []).join(" "), output };
}

/** The engine or the network failed, not the user's code. */
export function worldFailed(error: unknown): StepResult {
  const words = wordsOf(error);
  const image = /failed to resolve image "([^"]+)"/.exec(words)?.[1];
  return {
    kind: "world-failed",
    reason: words,
    mend: image
      ? `check that the engine reaches the registry of ${image}, or name another image under \`images:\` in gantry.yaml`
      : "run it again; if it stays, the engine's own log says more",
  };
}
