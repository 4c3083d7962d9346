import type { Folder } from "../survey.ts";

const configNames = ["ts", "js", "mts", "mjs", "cts", "cjs"].map(
  (ending) => `playwright.config.${ending}`,
);

/** The config of Playwright in a folder, where there is one. */
export function playwrightConfig(folder: Folder): string | undefined {
  return configNames.find(folder.has);
}
