import { type Expectation, expectation } from "./step.ts";

/** What a health check asks beside the health path, where nothing else is said. */
export const usualEndpoints: readonly Expectation[] = [
  { path: "/api/session/start", method: "GET", status: 200 },
];

/** `/path` or `POST /path`, which must answer 200; undefined where the words say neither. */
export function readExpectation(words: string): Expectation | undefined {
  const [first = "", second] = words.trim().split(/\s+/);
  const asked = second === undefined ? { path: first } : { path: second, method: first };
  const parsed = expectation.safeParse({ method: "GET", status: 200, ...asked });
  return parsed.success && parsed.data.path.startsWith("/") ? parsed.data : undefined;
}

/** Whether a health check can ask there. */
export function isWebAddress(url: string): boolean {
  return /^https?:$/.test(URL.parse(url)?.protocol ?? "");
}
