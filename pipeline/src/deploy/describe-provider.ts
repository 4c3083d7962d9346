import { describeFailure, type Failure } from "../network/answer.ts";
import type { ProviderName } from "./provider.ts";

/** Where an environment is, as people say it. */
export const whereIs: Readonly<Record<ProviderName, string>> = {
  railway: "on Railway",
  local: "on this machine",
};

const titles: Readonly<Record<ProviderName, string>> = {
  railway: "Railway",
  local: "the local environment",
};

/** Why a provider did not do what it was asked for, in one sentence that names it. */
export function describeProviderFailure(name: ProviderName, failure: Failure): string {
  return describeFailure(titles[name], failure);
}
