/** A value that GitHub fills in before a step starts. */
export function expression(words: string): string {
  return `\${{ ${words} }}`;
}
