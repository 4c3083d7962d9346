/** A run's id, and the key under which what is red is run again. */
export interface RunKey {
  readonly id: string;
  readonly key: string;
}

/**
 * Made of run and attempt, so that the parts of one run agree; where nobody names the run, of
 * chance. Never of the clock alone: two runs in one second would take each other for the same.
 */
export function runKey(request: {
  readonly runId?: string | undefined;
  readonly attempt?: number | undefined;
}): RunKey {
  const { runId, attempt = 1 } = request;
  if (runId === undefined) {
    const stamp = new Date().toISOString().replaceAll(/[-:]/g, "").slice(0, 15).replace("T", "-");
    const id = `${stamp}-${crypto.randomUUID().slice(0, 8)}`;
    return { id, key: id };
  }
  const id = runId.replaceAll(/[^\w.-]/g, "-").replace(/^\.+/, "");
  return { id: attempt > 1 ? `${id}-${attempt}` : id, key: `${id}/${attempt}` };
}
