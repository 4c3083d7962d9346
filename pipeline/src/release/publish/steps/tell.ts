import type { HostAnswer, HostRelease } from "../host.ts";
import type { PublishRequest } from "../request.ts";
import { done, mapAnswer, needed, type Step, thenAnswer } from "../step.ts";
import { chosen } from "./draft.ts";

/** Where a message went out is written into the release, since no webhook can be asked. */
const toldMark = "<!-- gantry:told -->";

/** Tells people of the release, once. That nobody hears it never changes what was released. */
export function tellSteps(request: PublishRequest): Step[] {
  const { plan, host, tell } = request;
  if (!tell) return [];
  const step: Step = {
    id: "tell",
    title: `the message about ${plan.tag}`,
    effects: "posts a message to the webhook, and notes in the release that it did",
    needs: ["publish"],
    optional: true,
    look: async () =>
      mapAnswer(await host.listReleases(plan.tag), (found) =>
        told(chosen(found)) ? done() : needed,
      ),
    act: async () =>
      thenAnswer(await host.listReleases(plan.tag), async (found) => {
        const heard = await tell(chosen(found)?.url ?? "");
        // A message that may have arrived is not sent twice by the same run.
        if (heard.kind !== "ok") return { kind: "refused", why: "other", reason: heard.reason };
        const noted = await note(request);
        return noted.kind === "ok"
          ? { kind: "ok", value: "sent" }
          : { kind: "refused", why: "other", reason: `sent, but not noted: ${noted.reason}` };
      }),
  };
  return [step];
}

function told(release: HostRelease | undefined): boolean {
  return release === undefined || release.body.includes(toldMark);
}

/** The notes are read again first: somebody may have changed them meanwhile. */
async function note({ plan, host }: PublishRequest): Promise<HostAnswer<undefined>> {
  return thenAnswer(await host.listReleases(plan.tag), async (found) => {
    const release = chosen(found);
    return release === undefined || told(release)
      ? { kind: "ok", value: undefined }
      : host.setBody(release, `${release.body.trimEnd()}\n${toldMark}\n`);
  });
}
