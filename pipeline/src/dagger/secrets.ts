import type { Secret } from "./client.ts";

export interface GivenSecrets {
  readonly byName: ReadonlyMap<string, Secret>;
  /** Their values, for the mask in front of every report. */
  readonly values: ReadonlyMap<string, string>;
}

/** Secrets by the name that the config uses: `env://NAME`. One that is not there counts as absent. */
export async function readSecrets(secrets: readonly Secret[]): Promise<GivenSecrets> {
  const byName = new Map<string, Secret>();
  const values = new Map<string, string>();
  for (const secret of secrets) {
    const [uri, value] = await Promise.all([
      secret.uri(),
      secret.plaintext().catch(() => undefined),
    ]);
    if (value === undefined || value === "") continue;
    const name = nameOf(uri);
    byName.set(name, secret);
    values.set(name, value);
  }
  return { byName, values };
}

/** `env://NAME`, `file://path/NAME`, `op://vault/item/NAME`, …: the last part names it. */
export function nameOf(uri: string): string {
  return (
    uri
      .replace(/^\w+:\/\//, "")
      .split("/")
      .at(-1) ?? uri
  );
}
