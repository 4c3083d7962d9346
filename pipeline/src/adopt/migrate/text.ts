import { createPen, type Pen, type Style } from "../../report/terminal/paint.ts";
import { visibleLine } from "../../report/visible.ts";
import type { CheckedStep, Checklist } from "./checklist.ts";

/** The checklist for people. */
export function checklistText(list: Checklist, color: boolean): string {
  const pen = createPen({ color, width: 100 });
  const lines = list.phases.flatMap(({ title, steps }, index) => {
    const done = steps.filter(({ state }) => state === "done").length;
    return [
      pen.paint(`${index + 1}. ${title}  ${done} of ${steps.length}`, "bold"),
      ...steps.flatMap((step) => stepLines(step, pen)),
      "",
    ];
  });
  const end = list.next
    ? [`${list.done} of ${list.of} are done. Next, ${list.next.step}:`, `  ${list.next.do}`]
    : [`All ${list.of} are done.`];
  return `${[...lines, ...end].join("\n")}\n`;
}

const signs: Readonly<Record<CheckedStep["state"], readonly [string, Style]>> = {
  done: ["✓", "green"],
  open: ["○", "yellow"],
  unknown: ["?", "yellow"],
};

function stepLines({ id, title, state, what, next }: CheckedStep, pen: Pen): string[] {
  const [sign, style] = signs[state];
  return [
    `  ${pen.paint(sign, style)} ${id.padEnd(23)} ${title}`,
    pen.paint(`    ${" ".repeat(23)} ${visibleLine(what)}`, "dim"),
    ...(next ? [`    ${" ".repeat(23)} → ${visibleLine(next)}`] : []),
  ];
}
