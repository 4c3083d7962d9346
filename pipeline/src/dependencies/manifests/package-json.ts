import { z } from "zod";

const sections = ["dependencies", "devDependencies", "optionalDependencies"] as const;
const manifest = z.looseObject({});
const ranges = z.record(z.string(), z.unknown());

/** A package.json in which a package's range reaches a newer version; nothing where none can. */
export function raiseInPackageJson(text: string, name: string, latest: string): string | undefined {
  const read = manifest.safeParse(parsed(text));
  if (!read.success) return undefined;
  let changed = false;
  const now = { ...read.data };
  for (const section of sections) {
    const list = ranges.safeParse(read.data[section]);
    const old = list.data?.[name];
    const raised = typeof old === "string" ? raiseRange(old, latest) : undefined;
    if (raised === undefined || raised === old) continue;
    now[section] = { ...list.data, [name]: raised };
    changed = true;
  }
  return changed ? written(now, text) : undefined;
}

/** A caret, a tilde or a plain version stays one; tags, addresses and workspaces are no ranges. */
function raiseRange(range: string, latest: string): string | undefined {
  const [, sign] = /^([\^~]?)\d+\.\d+\.\d+(?:-[\w.]+)?$/.exec(range) ?? [];
  if (sign !== undefined) return `${sign}${latest}`;
  return /^[\d.xX*<>=|\s^~-]*\d[\d.xX*<>=|\s^~-]*$/.test(range) ? `^${latest}` : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As npm does it: the indentation and the last line's end stay what they were. */
function written(value: object, before: string): string {
  const indent = /^[{[]\r?\n([ \t]+)/.exec(before)?.[1] ?? "  ";
  const end = /\n*$/.exec(before.replaceAll("\r\n", "\n"))?.[0] ?? "";
  const text = JSON.stringify(value, null, indent) + end;
  return before.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
}
