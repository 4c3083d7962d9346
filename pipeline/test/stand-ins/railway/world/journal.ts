import type { Deployment } from "./model.ts";

/** What was really applied, in order, whatever the asking side was told. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  readonly note: (kind: JournalKind, deployment: Deployment, detail?: string) => void;
  readonly noteSetting: (instanceId: string, detail: string) => void;
}

export type JournalKind =
  | "created"
  | "status"
  | "serving"
  | "cancelled"
  | "removed"
  | "stopped"
  | "restarted"
  | "approved"
  | "image-gone"
  | "setting";

export interface JournalEntry {
  readonly at: number;
  readonly kind: JournalKind;
  readonly instanceId: string;
  readonly deploymentId?: string;
  readonly detail?: string;
}

export function createJournal(now: () => number): Journal {
  const entries: JournalEntry[] = [];
  return {
    entries,
    note(kind, deployment, detail) {
      entries.push({
        at: now(),
        kind,
        instanceId: deployment.instance.id,
        deploymentId: deployment.id,
        ...(detail === undefined ? {} : { detail }),
      });
    },
    noteSetting(instanceId, detail) {
      entries.push({ at: now(), kind: "setting", instanceId, detail });
    },
  };
}
