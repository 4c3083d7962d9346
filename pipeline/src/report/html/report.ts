export const reportHtml = (_r: unknown, _l: unknown): string => "";
