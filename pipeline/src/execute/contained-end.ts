import { z } from "zod";
import { catalogue, type ErrorCode } from "../errors/catalogue.ts";
import type { Problem } from "../errors/problem.ts";

const errorCode = z.enum(Object.keys(catalogue) as [ErrorCode, ...ErrorCode[]]);

/** Something that acts in a container was not begun, and why. */
export const problemsEnd = z.strictObject({
  kind: z.literal("problems"),
  problems: z.array(
    z.strictObject({
      code: errorCode,
      message: z.string(),
      mend: z.string(),
      file: z.string().optional(),
      line: z.int().optional(),
      column: z.int().optional(),
    }),
  ),
});

/** Gantry itself or its machine failed. */
export const brokenEnd = z.strictObject({
  kind: z.literal("broken"),
  reason: z.string(),
  mend: z.string(),
});

export type ProblemsEnd = z.infer<typeof problemsEnd>;
export type BrokenEnd = z.infer<typeof brokenEnd>;

/** What a container left as a file; undefined where it is something else. */
export function readEnd<T>(form: z.ZodType<T>, text: string): T | undefined {
  try {
    return form.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What broke is known by the code of what it wanted to do. */
export function problemsOfEnd(end: ProblemsEnd | BrokenEnd, broken: ErrorCode): Problem[] {
  if (end.kind === "broken") return [{ code: broken, message: end.reason, mend: end.mend }];
  return end.problems.map(({ code, message, mend, file, line, column }) => ({
    code,
    message,
    mend,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  }));
}
