/** Sections of an ini file; a value goes on for as long as its lines are indented. */
export function readIni(text: string): Map<string, Record<string, string>> {
  const sections = new Map<string, Record<string, string>>();
  let section: Record<string, string> = {};
  let key: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\[([^\]]+)\]/.exec(line)?.[1];
    const pair = /^([\w-]+)\s*=\s*(.*)$/.exec(line);
    if (heading) {
      section = {};
      key = undefined;
      sections.set(heading.trim(), section);
    } else if (pair) {
      key = (pair[1] as string).replaceAll("-", "_").toLowerCase();
      section[key] = pair[2] as string;
    } else if (key && /^\s+[^#\s]/.test(line)) {
      section[key] += `\n${line.trim()}`;
    }
  }
  return sections;
}
