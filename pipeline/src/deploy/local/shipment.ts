import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { withoutEscapingLinks } from "../../host/source/links.ts";
import { plainFile, type Source } from "../../host/source/source.ts";
import { syncWorkspace } from "../../host/source/workspace.ts";
import type { Shipment } from "../provider.ts";
import { type BuildOrder, orderFile } from "./build/build-order.ts";
import { writeWhole } from "./daemon/store.ts";
import type { Places } from "./places.ts";

const readAtOnce = 64;

/** What is sent, as a source: exactly the files that the shipment names. */
export async function sourceOf({ root, files, commit }: Shipment): Promise<Source> {
  const read: Source["files"][number][] = [];
  for (let index = 0; index < files.length; index += readAtOnce) {
    const some = files.slice(index, index + readAtOnce);
    read.push(...(await Promise.all(some.map((path) => plainFile(root, path)))));
  }
  const kept = await withoutEscapingLinks(root, read);
  const { warnings } = kept;
  return { root, files: kept.files, hash: `commit:${commit}`, commit, branch: undefined, warnings };
}

/** A copy of what is sent, laid where the daemon takes it over by its name. */
export interface Staged {
  readonly name: string;
  readonly remove: () => Promise<void>;
}

export async function stage(places: Places, source: Source, order: BuildOrder): Promise<Staged> {
  const name = randomBytes(8).toString("hex");
  const folder = join(places.incoming, name);
  await mkdir(folder, { recursive: true });
  await syncWorkspace(source, join(folder, "files"), new Set());
  await writeWhole(join(folder, orderFile), order);
  return { name, remove: () => rm(folder, { recursive: true, force: true }) };
}
