export const stateJson = (_r: unknown): unknown => ({});
