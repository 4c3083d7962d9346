export const summaryMarkdown = (_r: unknown): string => "";
