import { playwrightConfig } from "../../config/infer/playwright-config.ts";
import { type Folder, folderOf, type Survey } from "../../config/survey.ts";

/**
 * The browsers that have to be fetched for the suite of a folder: Chromium, and the others that its
 * config speaks of. None where the config names a browser that is there already.
 */
export function browsersOf(folder: Folder): string[] {
  const name = playwrightConfig(folder);
  const text = (name && folder.text(name)) ?? "";
  if (/\b(executablePath|channel|connectOptions)\s*:/.test(text)) return [];
  return [
    "chromium",
    ...(/firefox/i.test(text) ? ["firefox"] : []),
    ...(/webkit|safari|iphone|ipad/i.test(text) ? ["webkit"] : []),
  ];
}

/** The version of Playwright that a lock file pins, in the folder itself or at the source's root. */
export function playwrightVersion(folder: Folder, survey: Survey): string | undefined {
  return lockedVersion(folder) ?? lockedVersion(folderOf(survey, "."));
}

const locked: Readonly<Record<string, RegExp>> = {
  "package-lock.json": /"node_modules\/@playwright\/test": \{\s*"version": "(\d[\w.-]*)"/,
  "pnpm-lock.yaml": /^ {2}\/?'?@playwright\/test[@/](\d[\w.-]*)/m,
  "yarn.lock": /^"?@playwright\/test@[^\n]*:\r?\n {2}version:? "?(\d[\w.-]*)/m,
};

function lockedVersion(folder: Folder): string | undefined {
  const found = Object.entries(locked).map(([name, pattern]) =>
    pattern.exec(folder.text(name) ?? ""),
  );
  return found.find((match) => match !== null)?.[1];
}
