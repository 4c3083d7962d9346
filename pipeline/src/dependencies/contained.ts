import { z } from "zod";
import { brokenEnd, problemsEnd, readEnd } from "../execute/contained-end.ts";
import type { UpdateSettings } from "./settings.ts";

/** What keeping the request in a container is told, in a file. It holds no secret: these are variables. */
export interface ProposeSpec {
  readonly settings: UpdateSettings;
  readonly base: { readonly branch: string; readonly commit: string };
  /** The file with the report; without one it only looks whether the request could be kept. */
  readonly report?: string;
  /** Repository and servers, by the names that they have in a machine's environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where its end is left. */
  readonly left: string;
}

/** What became of the one pull request that stands for all updates. */
export const standing = z.strictObject({
  action: z.enum(["created", "refreshed", "unchanged", "closed", "left-alone", "none"]),
  number: z.int().optional(),
  url: z.string().optional(),
  reason: z.string().optional().describe("Why it is left alone."),
});
export type Standing = z.infer<typeof standing>;

/** What keeping the request in a container came to. */
export const proposeEnd = z.discriminatedUnion("kind", [
  /** It only looked: the base is the one on GitHub. */
  z.strictObject({ kind: z.literal("ready") }),
  z.strictObject({ kind: z.literal("kept"), standing }),
  problemsEnd,
  brokenEnd,
]);
export type ProposeEnd = z.infer<typeof proposeEnd>;

export function readProposeEnd(text: string): ProposeEnd | undefined {
  return readEnd(proposeEnd, text);
}
