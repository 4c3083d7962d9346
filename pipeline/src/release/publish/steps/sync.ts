import type { PublishRequest } from "../request.ts";
import { done, type Look, mapAnswer, needed, type Step, thenAnswer } from "../step.ts";
import { byPull, pullBranch } from "./by-pull.ts";

/** What was released goes back to the branch that people work on: a hotfix too. */
export function syncSteps(request: PublishRequest): Step[] {
  const { plan, host, branch, sync } = request;
  if (sync === false || sync === branch || plan.channel !== undefined) return [];
  const side = pullBranch(`sync-${branch}`, plan.tag);
  const step: Step = {
    id: "sync",
    title: `${branch} in ${sync}`,
    effects: `merges ${branch} into ${sync}, or opens a pull request where they conflict`,
    // After the changelog, so that it comes along.
    needs: ["publish", "changelog"],
    look: async () =>
      thenAnswer(await host.findBranch(sync), async (there) => {
        if (there === undefined) return { kind: "ok", value: done(`there is no branch ${sync}`) };
        return thenAnswer(await host.countAhead(sync, branch), async (ahead) => {
          if (ahead === 0) return { kind: "ok", value: done() };
          return mapAnswer(
            await host.findOpenPull(side, sync),
            (pull): Look => (pull ? done(`waits in pull request ${pull.url}`) : needed),
          );
        });
      }),
    act: async () => {
      const message = `chore: merge ${branch} into ${sync} after ${plan.tag}`;
      const merged = await host.merge(sync, branch, message);
      if (merged.kind !== "refused") return mapAnswer(merged, () => `merged into ${sync}`);
      if (merged.why !== "conflict" && merged.why !== "protected") return merged;
      return byPull(request, {
        side,
        base: sync,
        from: branch,
        title: `chore: sync ${branch} into ${sync} after ${plan.tag}`,
        body: syncBody(request, merged.why),
      });
    },
  };
  return [step];
}

function syncBody({ plan, branch, sync }: PublishRequest, why: "conflict" | "protected"): string {
  const reason =
    why === "conflict"
      ? `${branch} and ${sync} changed the same lines, so that somebody has to decide. Resolve the conflicts on this branch and merge it: as a merge commit, so that git knows what ${sync} holds.`
      : `${sync} takes changes by pull request only. Merge it as a merge commit, so that git knows what ${sync} holds.`;
  return `What was released as ${plan.tag} goes back to ${sync}.\n\n${reason}`;
}
