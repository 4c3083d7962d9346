import { z } from "zod";

/** What asking the registries from a container is told, in a file. */
export const factsSpec = z.strictObject({
  asked: z.array(
    z.strictObject({
      site: z.strictObject({ lock: z.string(), ecosystem: z.enum(["python", "npm"]) }),
      name: z.string(),
      registry: z.string().optional(),
    }),
  ),
  /** npm's registry, where it is not the public one. */
  npm: z.string().optional(),
});

/** What they told, package by package. */
export const toldFacts = z.array(
  z.strictObject({
    lock: z.string(),
    name: z.string(),
    latest: z.string().optional(),
    notes: z.string().optional(),
  }),
);
