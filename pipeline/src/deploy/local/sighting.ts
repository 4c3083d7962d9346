import type { Sighting } from "../provider.ts";
import type { Told } from "./control/forms.ts";

/** A deployment as the port knows it; what the daemon says more stands in its word for the phase. */
export function sightingOf(told: Told, url: string | undefined): Sighting {
  const { id, phase, said, reason, createdAt } = told;
  return { id, phase, said: reason ? `${said}: ${reason}` : said, createdAt, url };
}
