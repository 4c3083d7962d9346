/** Escapes a workflow command's message, as GitHub's own toolkit does. */
export function commandData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** Escapes a workflow command's property, such as a file or a title. */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/**
 * A line that GitHub's runner shows and does not act upon. It takes `::name::` at a line's start
 * and `##[name]` anywhere for commands; a space between the marks takes the meaning away.
 */
export function inertLine(line: string): string {
  return line.replace(/^(\s*):(?=:)/, "$1: ").replace(/##(?=\[)/g, "# #");
}
