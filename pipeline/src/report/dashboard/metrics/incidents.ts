import type { DeployFact } from "../facts.ts";

/** A time in which a version served that should not have. */
export interface Incident {
  /** When the version took over, in milliseconds since 1970. */
  readonly from: number;
  /** When another one was proven in its place; absent: not yet. */
  readonly to: number | undefined;
}

/**
 * The deployments whose version served and turned out wrong: it failed after it had taken over, or
 * was proven and a later `gantry rollback` took it away.
 */
export function failedChanges(deploys: readonly DeployFact[]): readonly DeployFact[] {
  const takenBack = deploys.flatMap(({ kind, end, before }) =>
    kind === "rollback" && end === "proven" && before ? [before] : [],
  );
  return deploys.filter(
    (deploy) =>
      deploy.kind !== "rollback" &&
      deploy.served &&
      (deploy.end === "failed" ||
        takenBack.some(({ id, key }) => key === deploy.key || id === deploy.id)),
  );
}

/**
 * From the moment at which a failed version took over to the proof of what took its place: the one
 * before it brought back, or the next deployment that was proven. Failures that follow one another
 * before anything is proven are one incident.
 */
export function incidentsOf(deploys: readonly DeployFact[]): readonly Incident[] {
  const inOrder = deploys.toSorted((a, b) => a.fence - b.fence);
  const found: Incident[] = [];
  for (const failed of failedChanges(inOrder)) {
    const from = failed.liveAt ?? failed.at;
    const last = found.at(-1);
    if (last && (last.to === undefined || last.to > from)) continue;
    found.push({ from, to: failed.restoredAt ?? provenAfter(failed, inOrder) });
  }
  return found;
}

function provenAfter({ fence }: DeployFact, deploys: readonly DeployFact[]): number | undefined {
  const next = deploys.find((one) => one.fence > fence && (one.provenAt ?? one.restoredAt));
  return next?.provenAt ?? next?.restoredAt;
}
