import { z } from "zod";
import { splitWords } from "../words.ts";

// The small parts that every key is made of.

export const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/i)
  .describe("A name: letters, digits, `-` and `_`, at most 63.");
export const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
  .describe("The name of an environment variable.");
export const relativePath = z
  .string()
  .min(1)
  .max(4096)
  .refine((path) => !path.startsWith("/") && !path.split("/").includes(".."), {
    message: "must be a path inside the repository, without `..`",
  })
  .describe("A path inside the repository, relative to its root.");
export const duration = z
  .union([
    z.int().positive(),
    z.string().regex(/^\d+(ms|s|m|h|d)$/, "it must be a time, such as `90s` or `5m`"),
  ])
  .describe("A time: `90s`, `5m`, `1h`, or a number of seconds.");
export const version = z.union([z.string().min(1).max(32), z.number()]).transform(String);
export const port = z.int().min(1).max(65535).describe("A TCP port.");

export const line = z
  .union([
    z
      .string()
      .min(1)
      .max(8192)
      .superRefine(splits)
      .describe("A command; split into words, never given to a shell."),
    z.strictObject({ sh: z.string().min(1).max(65536).describe("A script for `sh -eu`.") }),
  ])
  .describe("One command.");
export const commands = z
  .union([line, z.array(line).min(1).max(100)])
  .describe("One command, or several that run one after the other until one fails.");

export const environment = z
  .record(variable, z.union([z.string(), z.number(), z.boolean()]).transform(String))
  .describe("Environment variables with their values. Never put a secret here.");

/** A command that cannot be split is wrong as written, and is said with all the other mistakes. */
function splits(command: string, context: z.RefinementCtx): void {
  const split = splitWords(command);
  if (split.ok) return;
  for (const { message, code, mend } of split.problems) {
    context.addIssue({ code: "custom", message, params: { code, mend } });
  }
}
