import type { HostRelease } from "../host.ts";
import type { PublishRequest } from "../request.ts";
import { done, mapAnswer, needed, type Step, thenAnswer } from "../step.ts";

/** Stands at the end of what Gantry writes, so that it knows its own drafts again. */
export const ownMark = "<!-- gantry:release -->";

/** A draft with the notes: nobody sees it before everything is in it. */
export function draftStep({ plan, host }: PublishRequest): Step {
  return {
    id: "draft",
    title: `the draft of ${plan.tag}`,
    effects: "makes a draft release with the notes",
    needs: ["tag"],
    look: async () =>
      mapAnswer(await host.listReleases(plan.tag), (found) => (found.length > 0 ? done() : needed)),
    act: async () =>
      mapAnswer(
        await host.createDraft({
          tag: plan.tag,
          commit: plan.commit,
          title: plan.tag,
          body: bodyOf(plan.notes),
          prerelease: plan.channel !== undefined,
        }),
        ({ url }) => url,
      ),
  };
}

export function bodyOf(notes: string): string {
  return `${notes.trim()}\n\n${ownMark}\n`;
}

/** The one release of a tag: what is published, else the oldest draft. All runs choose the same. */
export function chosen(releases: readonly HostRelease[]): HostRelease | undefined {
  return releases.find(({ draft }) => !draft) ?? releases[0];
}

/** Two runs at once may both have made a draft: all but the chosen one go, if they are Gantry's. */
export function twinStep({ plan, host }: PublishRequest): Step {
  const twins = (releases: readonly HostRelease[]): HostRelease[] => {
    const kept = chosen(releases);
    return releases.filter((one) => one !== kept && one.draft && one.body.includes(ownMark));
  };
  return {
    id: "twins",
    title: `a single release of ${plan.tag}`,
    effects: "deletes drafts of the same tag that another run of Gantry left",
    needs: ["publish"],
    look: async () =>
      mapAnswer(await host.listReleases(plan.tag), (found) =>
        twins(found).length === 0 ? done() : needed,
      ),
    act: async () =>
      thenAnswer(await host.listReleases(plan.tag), async (found) => {
        for (const twin of twins(found)) {
          const deleted = await host.deleteDraft(twin);
          if (deleted.kind !== "ok") return deleted;
        }
        return { kind: "ok", value: "a second draft is gone" };
      }),
  };
}
