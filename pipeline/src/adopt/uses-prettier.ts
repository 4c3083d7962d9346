import type { Survey } from "../config/survey.ts";

/** Whether a repository has its files formatted by prettier: by its settings, or as a dependency. */
export function usesPrettier({ files, texts }: Survey): boolean {
  const settings = /(^|\/)(\.prettierrc(\.\w+)?|prettier\.config\.\w+|\.prettierignore)$/;
  const manifests = [...texts].filter(([file]) => /(^|\/)package\.json$/.test(file));
  return (
    files.some((file) => settings.test(file)) ||
    manifests.some(([, text]) => /"prettier"\s*:/.test(text))
  );
}
