import type { Deployment } from "../world/model.ts";
import { type Context, findDeployment } from "./context.ts";
import { type EnvironmentWindow, logLines, snapshotLines } from "./log-lines.ts";
import { deploymentView, eventView } from "./views/deployment.ts";
import { watch } from "./watch.ts";

/** Every subscription that the stand-in answers, by its name in Railway's schema. */
export const subscription = {
  deployment({ id }: { id: string }, context: Context) {
    const deployment = findDeployment(context, id);
    let told = "";
    return watch(context.world, () => {
      const state = `${deployment.status} ${deployment.stopped}`;
      if (state === told) return undefined;
      told = state;
      return { deployment: deploymentView(context.world, deployment) };
    });
  },
  deploymentEvents({ id }: { id: string }, context: Context) {
    const deployment = findDeployment(context, id);
    const told = new Set<string>();
    return watch(context.world, () => {
      const event = deployment.events.find((one) => !told.has(`${one.id} ${one.completedAt}`));
      if (!event) return undefined;
      told.add(`${event.id} ${event.completedAt}`);
      return { deploymentEvents: eventView(event) };
    });
  },
  buildLogs: (args: { deploymentId: string }, context: Context) =>
    lines(context, "buildLogs", findDeployment(context, args.deploymentId)),
  deploymentLogs: (args: { deploymentId: string }, context: Context) =>
    lines(context, "deploymentLogs", findDeployment(context, args.deploymentId)),
  environmentLogs: (args: EnvironmentWindow, context: Context) =>
    fresh(context, "environmentLogs", () =>
      snapshotLines(context.world, { ...args, beforeLimit: 5000 }),
    ),
};

function lines(context: Context, field: "buildLogs" | "deploymentLogs", deployment: Deployment) {
  const stream = field === "buildLogs" ? "buildLogs" : "deployLogs";
  return fresh(context, field, () => logLines(deployment, stream, { limit: 5000 }));
}

function fresh<T>(context: Context, field: string, read: () => readonly T[]) {
  let count = 0;
  return watch(context.world, () => {
    const all = read();
    if (all.length <= count) return undefined;
    const unseen = all.slice(count);
    count = all.length;
    return { [field]: unseen };
  });
}
