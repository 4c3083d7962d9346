import { parse } from "yaml";
import type { Survey } from "../config/survey.ts";

const file = ".github/workflows/release.yml";

/**
 * Whether ci-cd.yml may call release.yml: GitHub refuses the whole workflow where the one that is
 * called is missing, or a workflow of their own that nobody may call.
 */
export function callsRelease({ files, texts }: Survey, forced: readonly string[]): boolean {
  if (forced.includes(file)) return true;
  const text = texts.get(file);
  if (text !== undefined) return isCallable(text);
  return !files.some(
    (path) => path.toLowerCase() === file || path === file.replace(/\.yml$/, ".yaml"),
  );
}

function isCallable(text: string): boolean {
  try {
    const on: unknown = (parse(text, { logLevel: "silent" }) as { on?: unknown } | null)?.on;
    return typeof on === "object" && on !== null && "workflow_call" in on;
  } catch {
    return false;
  }
}
