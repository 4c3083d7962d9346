import type { PublishRequest } from "../request.ts";
import { done, type Look, mapAnswer, needed, type Step } from "../step.ts";

/** The tag on the released commit. One that stands elsewhere is never moved. */
export function tagStep({ plan, host }: PublishRequest): Step {
  const { tag, commit } = plan;
  return {
    id: "tag",
    title: `the tag ${tag}`,
    effects: `makes the tag ${tag} on ${commit.slice(0, 7)}`,
    look: async () =>
      mapAnswer(await host.findTag(tag), (found): Look => {
        if (found === undefined) return needed;
        return found === commit ? done() : elsewhere(tag, found, commit);
      }),
    act: async () => mapAnswer(await host.createTag(tag, commit), () => `on ${commit.slice(0, 7)}`),
  };
}

function elsewhere(tag: string, found: string, commit: string): Look {
  return {
    state: "blocked",
    code: "GANTRY-RELEASE-TAG",
    reason: `the tag ${tag} stands on ${found.slice(0, 7)}, and ${commit.slice(0, 7)} is to be released`,
    mend: "fetch the tags (`git fetch --tags`) and merge the tagged commit into this branch; the tag itself is never moved",
  };
}
