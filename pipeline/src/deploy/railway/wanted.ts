import type { RailwaySettings } from "../../config/written/railway.ts";
import type { WantedSettings } from "./client/index.ts";

/** What the config wants of a service, in the form that is compared with what Railway has. */
export interface WantedService {
  readonly settings: WantedSettings;
  readonly volumes: readonly string[];
  readonly warnings: readonly string[];
}

export function wantedService({ volumes = [], builder, ...rest }: RailwaySettings): WantedService {
  const old = builder === "NIXPACKS";
  return {
    settings: { ...defined(rest), ...(builder && { builder: old ? "RAILPACK" : builder }) },
    volumes: volumes.map(({ mountPath }) => mountPath),
    warnings: old ? ["RAILPACK has taken the place of NIXPACKS: it is what builds the image"] : [],
  };
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
