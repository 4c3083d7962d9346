import type { ExecStep } from "./step.ts";

type Inputs = ExecStep["inputs"];

/** Whether a step sees only a part of the source. */
export function seesPart({ include, only }: Inputs): boolean {
  return include !== undefined || only !== undefined;
}

/** Which of the source's files a step sees, by their path. */
export function visibleTo({ include, only }: Inputs): (path: string) => boolean {
  const files = new Set(include ?? only);
  if (include) return (path) => files.has(path);
  if (!only || files.has(".")) return () => true;
  const folders = only.map((path) => `${path}/`);
  return (path) => files.has(path) || folders.some((folder) => path.startsWith(folder));
}
