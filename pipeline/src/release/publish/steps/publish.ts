import type { PublishRequest } from "../request.ts";
import { done, mapAnswer, needed, type Step, thenAnswer } from "../step.ts";
import { chosen } from "./draft.ts";

/** From draft to release, when every asset is up. */
export function publishStep({ plan, host, assets, latest }: PublishRequest): Step {
  return {
    id: "publish",
    title: `the release ${plan.tag}`,
    effects: "publishes the draft; those who watch the repository are told",
    needs: ["tag", "draft", ...assets.map(({ name }) => `asset:${name}`)],
    look: async () =>
      mapAnswer(await host.listReleases(plan.tag), (found) => {
        const published = found.find(({ draft }) => !draft);
        return published ? done(published.url) : needed;
      }),
    act: async () =>
      thenAnswer(await host.listReleases(plan.tag), async (found) => {
        const draft = chosen(found);
        if (!draft) return { kind: "unknown", reason: "the draft is not there any more" };
        return mapAnswer(await host.publish(draft, latest), () => draft.url);
      }),
  };
}
