import type { Environment } from "../config/config.ts";
import type { Settings } from "./procedure/world.ts";
import type { Provider } from "./provider.ts";
import type { RecordStore } from "./records/store.ts";

/** An environment with its provider and its record, ready to be asked. */
export interface OpenEnvironment {
  readonly environment: Environment;
  readonly provider: Provider;
  readonly store: RecordStore;
  readonly settings: Settings;
  /** Values that no output may show. */
  readonly secrets: readonly string[];
}

/** What depends on where the environment is. */
export type OpenParts = Pick<OpenEnvironment, "provider" | "store" | "secrets">;
