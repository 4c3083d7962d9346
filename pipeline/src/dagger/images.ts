import { defaultVersions } from "../plan/pins.ts";
import type { Plan, Toolchain } from "../plan/plan.ts";

/**
 * Base images by digest: indexes for several architectures, as of autumn 2026. This is the only
 * file that names one; a version that is not here is taken by its tag.
 */
const pinned: Readonly<Record<string, string>> = {
  "python:3.14-slim": "sha256:ce40764625a4ff50df3548277632e7f96c4e77fe75fa848aae9885476e7df5a4",
  "python:3.13-slim": "sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b",
  "python:3.12-slim": "sha256:78387bc3881b8273120a12ebe6c1ab22b018ccc2c9adf565ae1ac9b536e184ea",
  "python:3.11-slim": "sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7",
  "python:3.10-slim": "sha256:fa184fce49c170a8b1032a4f752f9fe1a7e463e7f5795a3952ca275e166fa913",
  "node:24-slim": "sha256:a9f5f7c91a432850b2a8a7797adf5eadb6c733ceed61167806cee7ea7fbc29df",
  "node:22-slim": "sha256:83f487e0a63425e5b4d146fb5e5be574bcbe1b7b843d3ebafdd95eaf7767a7e5",
  "node:20-slim": "sha256:1e85773c98c31d4fe5b545e4cb17379e617b348832fb3738b22a08f68dec30f3",
};

/** The image of a toolchain: the config's own, else the pinned one of its version. */
export function imageOf(toolchain: Toolchain): string {
  const { image, browsers, kind, version } = toolchain;
  return image ?? (browsers ? browserImage(browsers) : defaultImage(kind, version));
}

/** Browsers and the libraries that they need; each belongs to one version of Playwright. */
function browserImage(version: string): string {
  return `mcr.microsoft.com/playwright:v${version}-noble`;
}

/** The image that Gantry's own procedures run in; it needs Node.js and nothing else. */
export function procedureImage(plan: Plan): string {
  const node = Object.values(plan.toolchains).find(({ kind }) => kind === "node");
  return plan.images?.node ?? (node ? imageOf(node) : defaultImage("node"));
}

/** Any image of the run with a POSIX shell: one that is there already costs nothing. */
export function shellImage(plan: Plan): string {
  const [first] = Object.values(plan.toolchains);
  return first ? imageOf(first) : procedureImage(plan);
}

/** The pinned image of a language version, or of the one that is taken by default. */
export function defaultImage(kind: Toolchain["kind"], version?: string): string {
  const tag = `${versionTag(kind, version ?? defaultVersions[kind])}-slim`;
  const name = `${kind}:${tag}`;
  const digest = pinned[name];
  return digest ? `${name}@${digest}` : name;
}

/** `3.12.4` and `>=3.12` mean the image of 3.12; `24.1` and `^24` that of 24. */
function versionTag(kind: Toolchain["kind"], version: string): string {
  const pattern = kind === "python" ? /\d+\.\d+/ : /\d+/;
  return pattern.exec(version)?.[0] ?? defaultVersions[kind];
}
