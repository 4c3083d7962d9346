/** Whether a secret is there, and since when; never its value. */
export interface Presence {
  readonly present: boolean;
  readonly source: "environment" | "workflow" | "github";
  /** The day on which it was last set, where somebody knows it: `2027-01-31`. */
  readonly updated?: string;
}

/** A secret as GitHub lists it: by name, never by value. */
export interface ListedSecret {
  readonly name: string;
  /** As GitHub says it: `2027-01-31T09:00:00Z`. */
  readonly updatedAt: string;
}

export interface PresenceSources {
  /** What a workflow says of the secrets that it was handed. */
  readonly workflow: Readonly<Record<string, boolean>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** GitHub's list; absent where nobody may ask for it. */
  readonly listed?: readonly ListedSecret[] | undefined;
}

/** The workflow's own word first, then GitHub's list, then what is set here. */
export function presenceOf(name: string, sources: PresenceSources): Presence {
  const { workflow, environment, listed } = sources;
  const found = listed?.find((secret) => secret.name === name);
  const updated = found ? { updated: found.updatedAt.slice(0, 10) } : {};
  if (Object.hasOwn(workflow, name)) {
    return { present: workflow[name] === true, source: "workflow", ...updated };
  }
  if (found) return { present: true, source: "github", ...updated };
  // An empty value is what GitHub hands over for a secret that is not there.
  const here = (environment[name] ?? "").trim() !== "";
  return { present: here, source: listed && !here ? "github" : "environment" };
}
