export const githubAnnotations = (_r: unknown): string[] => [];
