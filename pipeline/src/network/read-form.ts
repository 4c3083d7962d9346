import type { z } from "zod";
import { type Answer, ok } from "./answer.ts";

/** Reads an answer by its form; what is wrong is named by its place, never by its value. */
export function readForm<A>(form: z.ZodType<A>, value: unknown): Answer<A> {
  const read = form.safeParse(value);
  if (read.success) return ok(read.data);
  const places = read.error.issues.map(
    (issue) => `${issue.path.join(".") || "it"} (${issue.code})`,
  );
  return { kind: "malformed", reason: places.slice(0, 5).join(", ") };
}
