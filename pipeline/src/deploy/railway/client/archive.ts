import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { create } from "tar";

/** A gzip tar on disk, ready to be uploaded; the same files always make the same archive. */
export interface Archive {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ArchiveRequest {
  readonly root: string;
  /** Relative to the root. */
  readonly files: readonly string[];
  /** Where the archive is written. */
  readonly path: string;
}

/** Written to disk first, so that neither a large source nor its archive is held in memory. */
export async function makeArchive({ root, files, path }: ArchiveRequest): Promise<Archive> {
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  // "./" keeps a file called "@x" from being taken for an archive to read in.
  const entries = files.toSorted().map((file) => `./${file}`);
  const pack = create(
    {
      cwd: root,
      gzip: true,
      portable: true,
      mtime: new Date(0),
      noDirRecurse: true,
      strict: true,
      // Four files at once with pieces of 16 MB are the defaults: too much memory.
      jobs: 2,
      maxReadSize: 1024 * 1024,
    },
    entries,
  );
  await pipeline(Readable.from(pack), measure, createWriteStream(path, { mode: 0o600 }));
  return { path, bytes, sha256: hash.digest("hex") };
}
