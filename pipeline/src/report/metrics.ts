export const metricsText = (_r: unknown): string => "";
