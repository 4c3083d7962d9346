import type { HostAnswer, HostRelease, NewAsset } from "../host.ts";
import type { PublishRequest } from "../request.ts";
import { done, type Look, mapAnswer, needed, type Step, thenAnswer } from "../step.ts";
import { chosen } from "./draft.ts";

/** One step for each asset: three of five that are up stay, and the rest follows. */
export function assetSteps(request: PublishRequest): Step[] {
  return request.assets.map((asset) => assetStep(asset, request));
}

function assetStep(asset: NewAsset, { plan, host }: PublishRequest): Step {
  let immutable = false;
  const release = async (): Promise<HostAnswer<HostRelease | undefined>> =>
    mapAnswer(await host.listReleases(plan.tag), chosen);
  return {
    id: `asset:${asset.name}`,
    title: `the asset ${asset.name}`,
    effects: `uploads ${asset.name} to the release`,
    needs: ["draft"],
    look: async () =>
      mapAnswer(await release(), (found) => {
        const there = found?.assets.find(({ name }) => name === asset.name);
        if (there?.whole) return done();
        return immutable ? sealed(plan.tag, asset.name) : needed;
      }),
    act: async () =>
      thenAnswer(await release(), async (found) => {
        if (!found) return { kind: "unknown", reason: "the draft is not there any more" };
        const half = found.assets.find(({ name }) => name === asset.name);
        if (half?.whole === false) {
          const freed = await host.deleteHalfAsset(half);
          if (freed.kind !== "ok") return freed;
        }
        const uploaded = await host.uploadAsset(found, asset);
        if (uploaded.kind === "refused" && uploaded.why === "immutable") {
          // Looking again says so, with the way out.
          immutable = true;
          return { ...uploaded, why: "taken" };
        }
        return mapAnswer(uploaded, () => "uploaded");
      }),
  };
}

function sealed(tag: string, name: string): Look {
  return {
    state: "blocked",
    code: "GANTRY-RELEASE-IMMUTABLE",
    reason: `the release ${tag} is published and immutable, and lacks ${name}`,
    mend: "leave it as it is and release the next version, which gets all its assets before it is published",
  };
}
