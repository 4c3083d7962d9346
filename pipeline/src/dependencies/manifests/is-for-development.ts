const developmentWords = /(^|[-_./])(dev\w*|tests?|testing|docs?|lint\w*|typing|ci)([-_./]|$)/i;

/** Whether a file of requirements is, by its name, none that the product runs with. */
export function isForDevelopment(file: string): boolean {
  return developmentWords.test(file);
}
