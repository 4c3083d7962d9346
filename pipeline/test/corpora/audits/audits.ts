import { readFileSync } from "node:fs";

/** What the real tools said, to registries on this machine and behind a mirror of PyPI and npm. */
export function auditDocument(
  name: "npm" | "npm-behind-a-mirror" | "pnpm" | "pip" | "pip-behind-a-mirror",
): string {
  return readFileSync(new URL(`./${name}.json`, import.meta.url), "utf8");
}
