/** Where Gantry or its disk fails, a step is an error like any other: the rest of the run goes on. */
export function ownFailure(error: unknown): {
  readonly kind: "world-failed";
  readonly reason: string;
  readonly mend: string;
} {
  const message = error instanceof Error ? error.message : String(error);
  const code = (error as { code?: unknown } | null)?.code;
  return /^E[A-Z]+$/.test(String(code))
    ? {
        kind: "world-failed",
        reason: `the machine said no: ${message}`,
        mend: "make room on the disk, or give write access to the run's folder",
      }
    : {
        kind: "world-failed",
        reason: `Gantry itself failed: ${message}`,
        mend: "this is a bug in Gantry: please report it with the run's folder",
      };
}
