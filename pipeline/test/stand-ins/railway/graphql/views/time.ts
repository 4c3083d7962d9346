export function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
