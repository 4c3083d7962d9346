import type { StepContext, StepResult } from "../../execute/executor.ts";
import type { BuildImageStep } from "../../plan/step.ts";
import type { Container, Directory } from "../client.ts";
import { execFailureOf, wordsOf, worldFailed } from "../failure.ts";
import { shellImage } from "../images.ts";
import { overdue, within } from "../run/deadline.ts";
import type { Site } from "./site.ts";

/** Builds the image from the source, and says how large it is and what takes the room. */
export async function buildImage(
  site: Site,
  step: BuildImageStep,
  context: StepContext,
): Promise<StepResult> {
  const image = imageFrom(site.source, step);
  try {
    const built = await within(image.sync(), step.timeoutSeconds);
    if (built === overdue) return { kind: "exited", exit: 124, ended: "timeout", reports: [] };
    site.images.set(step.image, built);
    const { megabytes, text } = await describeImage(site, built);
    await context.output(text);
    return { kind: "exited", exit: 0, reports: [], measures: { imageMegabytes: megabytes } };
  } catch (error) {
    return buildFailed(step, error, context);
  }
}

/** The image as the engine builds it; a Dockerfile outside its context is laid into it. */
export function imageFrom(source: Directory, step: BuildImageStep): Container {
  const folder = step.context === "." ? "" : `${step.context}/`;
  const inside = step.dockerfile.startsWith(folder);
  const context = folder === "" ? source : source.directory(step.context);
  const outside = ".gantry.Dockerfile";
  return (inside ? context : context.withFile(outside, source.file(step.dockerfile))).dockerBuild({
    dockerfile: inside ? step.dockerfile.slice(folder.length) : outside,
    ...(step.target && { target: step.target }),
    buildArgs: Object.entries(step.args).map(([name, value]) => ({ name, value })),
  });
}

async function buildFailed(
  step: BuildImageStep,
  error: unknown,
  context: StepContext,
): Promise<StepResult> {
  const failure = execFailureOf(error);
  const words = wordsOf(error);
  if (failure) await context.output(`${failure.command}\n${failure.output}\n`);
  else if (!isOwnFault(words)) return worldFailed(error);
  else await context.output(`${words}\n`);
  return {
    kind: "exited",
    exit: failure?.exit ?? 1,
    reports: [],
    message: failure
      ? `the image was not built: \`${failure.command}\` in ${step.dockerfile} ended with ${failure.exit}`
      : `the image was not built: ${words.split("\n")[0]}`,
    mend: `the log names the line of ${step.dockerfile} that failed`,
  };
}

/** Whether the Dockerfile is to blame rather than the network or the engine. */
function isOwnFault(words: string): boolean {
  return (
    /dockerfile|parse error|failed to compute cache key|not found in (the )?build context|no such file/i.test(
      words,
    ) && !/failed to resolve/i.test(words)
  );
}

const sizes = `
du -xsk /image | cut -f1
du -xk --max-depth=2 /image 2>/dev/null | sort -rn | sed -n '2,6p'
`.trim();

/** Size and largest folders, measured from outside: the image itself may have no shell. */
async function describeImage(
  site: Site,
  image: Container,
): Promise<{ megabytes: number; text: string }> {
  const listing = await site.dag
    .container()
    .from(shellImage(site.plan))
    .withMountedDirectory("/image", image.rootfs())
    .withExec(["sh", "-c", sizes])
    .stdout();
  const [total, ...folders] = listing.trim().split("\n");
  const lines = folders.map((line) => {
    const [size, path] = line.split(/\s+/);
    return `  ${toMegabytes(size).toFixed(1)} MB  ${(path ?? "").replace("/image", "")}`;
  });
  const megabytes = toMegabytes(total);
  return { megabytes, text: `image: ${megabytes} MB\nlargest folders:\n${lines.join("\n")}\n` };
}

function toMegabytes(kibibytes: string | undefined): number {
  return Math.round((Number(kibibytes) * 1024) / 1e5) / 10;
}
