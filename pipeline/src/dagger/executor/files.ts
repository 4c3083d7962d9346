import type { StepContext } from "../../execute/executor.ts";
import type { ExecStep } from "../../plan/step.ts";
import type { Container } from "../client.ts";
import { places } from "../environment.ts";
import { detachedUnlessOn } from "../source/detached.ts";
import { type Site, type State, stepKey } from "./site.ts";

export interface Laid {
  readonly container: Container;
  readonly whole: boolean;
  readonly history: boolean;
}

/**
 * Lays into a container what a step may see. A step that names its files gets only those, so that
 * no other edit makes it run again: lock files come before the source. A step after another goes on
 * from that one's files, and gets the source once.
 */
export async function laySource(
  site: Site,
  step: ExecStep,
  context: StepContext,
  base: Container,
): Promise<Laid> {
  const before = stateBefore(site, step, context);
  let container = before ? base.withRootfs(before.rootfs) : base;
  let whole = before?.whole ?? false;
  let history = before?.history ?? false;
  const { include, only } = step.inputs;
  if (!whole && include && include.length > 0) {
    const files = site.source.filter({ include: include.map(exactly) });
    container = container.withDirectory(places.source, files);
  }
  if (!whole && !include) {
    const part = only && !only.includes(".");
    const files = part ? site.source.filter({ include: only.flatMap(below) }) : site.source;
    container = container.withDirectory(places.source, files);
    whole = true;
  }
  if (step.inputs.history && !history) {
    const git = await detachedUnlessOn(site.plan.trigger.branch, site.history());
    container = container.withDirectory(`${places.source}/.git`, git);
    history = true;
  }
  return { container, whole, history };
}

/** A retry goes on from its own first try: what failed there is remembered in its files. */
function stateBefore(site: Site, step: ExecStep, context: StepContext): State | undefined {
  const name = context.attempt > 1 ? step.id : step.after;
  return name === undefined ? undefined : site.states.get(stepKey(context.stage, name));
}

/** A file, or all of a folder. */
function below(path: string): string[] {
  return [exactly(path), `${exactly(path)}/**`];
}

/** A path as a pattern that matches nothing else: `[slug]` is a folder's name, not a range. */
export function exactly(path: string): string {
  return path.replaceAll(/[\\*?[\]!{}]/g, "\\$&");
}
