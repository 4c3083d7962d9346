import { z } from "zod";
import { plan } from "../../../plan/plan.ts";
import { buildImageStep, execStep } from "../../../plan/step.ts";

/** What it takes to make a version ready to start; it lies beside the version's files. */
export const buildOrder = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("process"),
    plan: plan.describe("For its toolchains."),
    steps: z.array(execStep),
    files: z
      .array(
        z.strictObject({
          path: z.string(),
          id: z.string(),
          kind: z.enum(["file", "executable", "link"]),
        }),
      )
      .describe("The version's files, by what is in them."),
    toolchain: z.string().describe("The toolchain of the component that is started."),
    path: z.array(z.string()).describe("Folders of programs, relative to the version's files."),
    home: z.string().describe("Where tools and download caches are kept."),
  }),
  z.strictObject({
    kind: z.literal("container"),
    step: buildImageStep,
    image: z.string().describe("The image's tag."),
    commit: z.string(),
  }),
]);

/** What came of it. */
export const built = z.discriminatedUnion("ok", [
  z.strictObject({
    ok: z.literal(true),
    path: z.array(z.string()).describe("Folders of programs that the version is started with."),
  }),
  z.strictObject({ ok: z.literal(false), reason: z.string() }),
]);

export type BuildOrder = z.infer<typeof buildOrder>;
export type Built = z.infer<typeof built>;

/** The files of a release's own folder, beside `files`. */
export const orderFile = "build.json";
export const builtFile = "built.json";
