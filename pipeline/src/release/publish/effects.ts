import { type ReleaseHost, refuse } from "./host.ts";
import { publishSteps } from "./publish.ts";
import type { PublishRequest } from "./request.ts";

/** A step as a plan shows it: nothing is asked and nothing done. */
export interface StepEffects {
  readonly id: string;
  readonly title: string;
  readonly effects: string;
}

/** `assets` by their names: what is in them is made when they are uploaded. */
export function effectsOf(
  request: Omit<PublishRequest, "host" | "latest" | "assets"> & {
    readonly assets: readonly string[];
  },
): StepEffects[] {
  const assets = request.assets.map((name) => ({ name, contentType: "", content: "" }));
  const steps = publishSteps({ ...request, assets, host: nobody, latest: false });
  return steps.map(({ id, title, effects }) => ({ id, title, effects }));
}

const silent = async () => refuse("other", "a plan asks nobody");

const nobody: ReleaseHost = {
  findTag: silent,
  createTag: silent,
  listReleases: silent,
  createDraft: silent,
  uploadAsset: silent,
  deleteHalfAsset: silent,
  publish: silent,
  deleteDraft: silent,
  setBody: silent,
  findBranch: silent,
  createBranch: silent,
  readFile: silent,
  writeFile: silent,
  countAhead: silent,
  merge: silent,
  findOpenPull: silent,
  createPull: silent,
  updatePull: silent,
};
