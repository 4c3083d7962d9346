import { displayWidth } from "../../report/terminal/paint.ts";

/** A page as data: its text is one function of it, so every page of the kind reads alike. */
export interface Page {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  /** Sentences; Markdown within a line is allowed. */
  | string
  | { readonly heading: string; readonly blocks: readonly Block[] }
  | { readonly list: readonly string[] }
  | { readonly steps: readonly string[] }
  | { readonly checks: readonly string[] }
  | { readonly table: readonly (readonly string[])[] }
  | { readonly code: readonly string[]; readonly language?: string }
  /** Lines that only those who edit the text see. */
  | { readonly hint: string };

export function pageText({ title, blocks }: Page): string {
  return `${[`# ${title}`, ...blocksText(blocks, 2)].join("\n\n")}\n`;
}

/** The same without a title, for templates. */
export function partText(blocks: readonly Block[]): string {
  return `${blocksText(blocks, 2).join("\n\n")}\n`;
}

function blocksText(blocks: readonly Block[], level: number): string[] {
  return blocks.flatMap((block) => blockText(block, level));
}

function blockText(block: Block, level: number): string[] {
  if (typeof block === "string") return [block];
  if ("heading" in block) {
    return [`${"#".repeat(level)} ${block.heading}`, ...blocksText(block.blocks, level + 1)];
  }
  if ("list" in block) return [block.list.map((item) => `- ${item}`).join("\n")];
  if ("steps" in block) return [block.steps.map((item, at) => `${at + 1}. ${item}`).join("\n")];
  if ("checks" in block) return [block.checks.map((item) => `- [ ] ${item}`).join("\n")];
  if ("table" in block) return [tableText(block.table)];
  if ("hint" in block) return [`<!-- ${block.hint} -->`];
  return [[`\`\`\`${block.language ?? "sh"}`, ...block.code, "```"].join("\n")];
}

/** Columns in line, as formatters of Markdown want them. */
function tableText(rows: readonly (readonly string[])[]): string {
  const [head = [], ...others] = rows;
  const widths = head.map((_, at) =>
    Math.max(3, ...rows.map((cells) => displayWidth(cells[at] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => padded(cells[at] ?? "", width)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [head, rule, ...others].map(line).join("\n");
}

function padded(cell: string, width: number): string {
  return cell + " ".repeat(width - displayWidth(cell));
}
