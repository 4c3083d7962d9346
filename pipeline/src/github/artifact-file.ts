import type { Buffer } from "node:buffer";
import {
  type Artifact,
  type Connection,
  downloadArtifact,
  type Failure,
  listArtifacts,
} from "./client/index.ts";
import { readZipEntry } from "./zip-entry.ts";

export interface WantedFile {
  /** The run's number. */
  readonly run: number;
  /** The artifact's name. */
  readonly artifact: string;
  readonly file: string;
  /** Of the ZIP, in bytes: what is longer is not fetched. */
  readonly longestZip: number;
  /** Of the file, in bytes: no more than that is inflated. */
  readonly longestFile: number;
}

/** A file of an artifact; why it cannot be had, whoever asks again; or that GitHub was not heard. */
export type ArtifactFile =
  | { readonly kind: "found"; readonly content: Buffer }
  | { readonly kind: "absent" | "expired" }
  | { readonly kind: "unreadable"; readonly reason: string }
  | { readonly kind: "not-heard"; readonly failure: Failure };

/** One file out of a run's artifact. It comes from a job that ran tests: it is data, to be read as such. */
export async function readArtifactFile(to: Connection, wanted: WantedFile): Promise<ArtifactFile> {
  const { run, artifact, longestZip } = wanted;
  const listed = await listArtifacts(to, run, artifact);
  if (listed.kind !== "ok") return { kind: "not-heard", failure: listed };
  const newest = newestOf(listed.value, artifact);
  if (!newest) return { kind: "absent" };
  if (newest.expired) return { kind: "expired" };
  if (newest.bytes > longestZip) return unreadable(`is longer than ${longestZip} bytes`);
  const zip = await downloadArtifact(to, newest.id, longestZip);
  if (zip.kind === "refused" && zip.status === 410) return { kind: "expired" };
  if (zip.kind === "refused") return unreadable(`cannot be had: ${zip.reason}`);
  if (zip.kind !== "ok") return { kind: "not-heard", failure: zip };
  const entry = readZipEntry(zip.value, wanted.file, wanted.longestFile);
  if ("unknown" in entry) return unreadable(`cannot be read: ${entry.unknown}`);
  return { kind: "found", content: entry.content };
}

/** Each attempt of a run leaves one, and the last word counts. */
function newestOf(artifacts: readonly Artifact[], wanted: string): Artifact | undefined {
  return artifacts
    .filter(({ name }) => name === wanted)
    .reduce<Artifact | undefined>(
      (best, one) => (best && best.id > one.id ? best : one),
      undefined,
    );
}

function unreadable(reason: string): ArtifactFile {
  return { kind: "unreadable", reason };
}
