import { createHash } from "node:crypto";
import type { Component, Config } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import { lockSites, type NotHandled, readGraph } from "../../dependencies/locks/lock-sites.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { gantryVersion } from "../../plan/version.ts";
import type { ReleasePlan } from "../../release/plan.ts";
import type { NewAsset } from "../../release/publish/host.ts";
import type { Product } from "../../release/sbom/bill.ts";
import { releasedComponents } from "../../release/sbom/components.ts";
import { cyclonedx } from "../../release/sbom/cyclonedx.ts";
import { type BillLock, makeBill } from "../../release/sbom/make-bill.ts";
import { spdx } from "../../release/sbom/spdx.ts";
import { git } from "../git.ts";
import { type Snapshot, snapshotAt } from "../source/snapshot.ts";
import type { OpenRelease } from "./open.ts";

/** A release's bill of materials as assets, and what it does not hold. */
export interface Sbom {
  readonly files: readonly NewAsset[];
  readonly warnings: readonly string[];
}

/** Made of the released commit alone: the same commit and tag always give the same bytes. */
export async function releaseSbom(plan: ReleasePlan, open: OpenRelease): Promise<Result<Sbom>> {
  const snapshot = await snapshotAt(open.directory, plan.commit);
  if (!snapshot.ok) return snapshot;
  const config = await configAt(snapshot.value, open.configFile);
  if (!config.ok) return config;
  if (!config.value) {
    return ok(without(`${open.configFile} of the released commit is not valid`));
  }
  const part = open.settings.components.find(({ name }) => name === plan.component);
  const components = releasedComponents(config.value.components, part?.paths);
  if (components.length === 0) return ok({ files: [], warnings: [] });
  const read = await readLocks({ ...config.value, components }, snapshot.value);
  if (!read.ok) return read;
  const { locks, missing } = read.value;
  const reasons = missing.map(({ component, why }) => `${component}: ${why}`);
  if (locks.length === 0) return ok(without(reasons.join("; ")));
  const product = await productOf(plan, open, nameIn(config.value, open));
  if (!product.ok) return product;
  const whole = plan.component === undefined;
  const bill = makeBill({ product: product.value, components, whole, locks, missing });
  return ok({
    files: [
      {
        name: "sbom.cdx.json",
        contentType: "application/vnd.cyclonedx+json",
        content: cyclonedx(bill),
      },
      { name: "sbom.spdx.json", contentType: "application/spdx+json", content: spdx(bill) },
    ],
    warnings: reasons.map((reason) => `it is incomplete: ${reason}`),
  });
}

function without(reason: string): Sbom {
  return { files: [], warnings: [`there is none: ${reason}`] };
}

/** Undefined where that commit's config is not valid. */
async function configAt(
  { survey, read }: Snapshot,
  file: string,
): Promise<Result<Config | undefined>> {
  const texts = await read([file]);
  if (!texts.ok) return texts;
  const text = texts.value.get(file);
  const config = loadConfig(text === undefined ? undefined : { text, file }, survey);
  return ok(config.ok ? config.value : undefined);
}

/** A container's folder has another name, and its repository no remote. */
function nameIn({ name, written }: Config, { repository }: OpenRelease): string {
  return written.name ?? repository?.split("/").at(-1) ?? name;
}

interface Locks {
  readonly locks: readonly BillLock[];
  readonly missing: readonly NotHandled[];
}

async function readLocks(
  config: Config & { readonly components: readonly Component[] },
  { survey, read }: Snapshot,
): Promise<Result<Locks>> {
  const { sites, notHandled } = lockSites(config, survey);
  const texts = await read(sites.map(({ lock }) => lock));
  if (!texts.ok) return texts;
  const locks: BillLock[] = [];
  const missing = [...notHandled];
  for (const site of sites) {
    const graph = readGraph(site, texts.value.get(site.lock) ?? "");
    if (graph.ok) locks.push({ site, nodes: graph.nodes, told: graph.told });
    else {
      const why = `${site.lock}: ${graph.why}`;
      missing.push(...site.components.map((component) => ({ component, why })));
    }
  }
  return ok({ locks, missing });
}

async function productOf(
  { commit, tag, version, component }: ReleasePlan,
  { directory, repository }: OpenRelease,
  name: string,
): Promise<Result<Product>> {
  const shown = await git(directory, ["show", "--no-patch", "--format=%ct", commit]);
  if (!shown.ok) return shown;
  const date = new Date(Number(shown.value.trim()) * 1000).toISOString().replace(".000Z", "Z");
  return ok({
    name: component ?? name,
    version,
    tag,
    commit,
    ...(repository && { repository }),
    date,
    id: uuidOf([repository ?? name, tag, commit, gantryVersion].join(" ")),
    gantry: gantryVersion,
  });
}

/** A name-based UUID (RFC 9562, version 5) among those of addresses. */
function uuidOf(name: string): string {
  const addresses = Buffer.from("6ba7b8119dad11d180b400c04fd430c8", "hex");
  const bytes = createHash("sha1").update(addresses).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
