import { relative } from "node:path";
import { endWords } from "../../deploy/shown/end.ts";
import { createPen } from "../../report/terminal/paint.ts";
import { useColor } from "../color.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import type { Deployed } from "./run-deploy.ts";

export interface Shown {
  readonly folder: string;
  readonly options: CommonOptions;
  readonly terminal: Terminal;
}

/** What a deploy came to, as the last thing on the screen. */
export function showEnd({ deployment }: Deployed, { folder, options, terminal }: Shown): void {
  const { stderr, cwd } = terminal;
  const pen = createPen({ color: useColor(options, terminal), width: stderr.columns ?? 100 });
  const { headline, style, lines } = endWords(deployment);
  stderr.write(`\n${pen.paint(headline, style)}\n`);
  for (const line of lines) stderr.write(`  ${line}\n`);
  const near = relative(cwd, folder);
  stderr.write(`  report: ${near.startsWith("../..") ? folder : near}/report.html\n`);
}
