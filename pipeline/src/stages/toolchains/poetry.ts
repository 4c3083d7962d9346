import type { Command } from "../../config/config.ts";
import { pins } from "../../plan/pins.ts";

/** poetry with the plugin that writes its lock as requirements. */
export const poetryItself = [
  "uvx",
  "--with",
  `poetry-plugin-export==${pins["poetry-plugin-export"]}`,
  `poetry@${pins.poetry}`,
] as const;

/** What poetry's lock holds, as a file of requirements. */
export function poetryExport(options: readonly string[], output: string): Command {
  return [...poetryItself, "export", ...options, "--output", output];
}
