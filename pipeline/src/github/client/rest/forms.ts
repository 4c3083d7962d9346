import { z } from "zod";

/** Who did something, or nobody: an account can be deleted. */
export const loginForm = z
  .object({ login: z.string() })
  .nullish()
  .transform((user) => user?.login);

/** A label as issues and pull requests carry it: a word, or an object with a name. */
export const labelNamesForm = z
  .array(z.union([z.string(), z.object({ name: z.string().nullish() })]))
  .transform((labels) =>
    labels.map((label) => (typeof label === "string" ? label : (label.name ?? ""))),
  );
