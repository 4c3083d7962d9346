import { Buffer } from "node:buffer";
import { crc32, inflateRawSync } from "node:zlib";

/** What one file of a ZIP holds, or why it cannot be had. */
export type ZipEntry = { readonly content: Buffer } | { readonly unknown: string };

/**
 * One file out of a ZIP in memory; nothing else in it is read, and no more than `mostBytes` are
 * inflated, whatever the ZIP says of its size. Without ZIP64, encryption and parts: those are refused.
 *
 * Own code, for it is little: the libraries trust the size that the ZIP names, or check no sum.
 */
export function readZipEntry(zip: Buffer, name: string, mostBytes: number): ZipEntry {
  try {
    const entry = findEntry(zip, Buffer.from(name));
    return entry ? { content: contentOf(zip, entry, mostBytes) } : unknown(`has no ${name}`);
  } catch (error) {
    // Numbers in a broken ZIP lead anywhere: Node refuses to read there, and to inflate what is none.
    if (error instanceof RangeError) return unknown(`breaks off, or its ${name} is too long`);
    return unknown(error instanceof Error ? `is broken: ${error.message}` : "is broken");
  }
}

interface Entry {
  readonly flags: number;
  readonly method: number;
  readonly sum: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its own header is, with the content behind. */
  readonly header: number;
}

const directoryEnd = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;

/** A ZIP is read from its end: what is written as a stream tells sizes in the directory only. */
function findEntry(zip: Buffer, name: Buffer): Entry | undefined {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (zip.readUInt32LE(at) !== directoryEntry) throw new Error("its directory has gaps");
    const start = at + 46;
    const nameEnd = start + zip.readUInt16LE(at + 28);
    if (zip.subarray(start, nameEnd).equals(name)) return entryAt(zip, at);
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return undefined;
}

/** The end of the directory is the end of the file, but for a comment of up to 64 kB. */
function findEnd(zip: Buffer): number {
  const last = zip.length - 22;
  for (let at = last; at >= Math.max(0, last - 0xffff); at -= 1) {
    if (zip.readUInt32LE(at) === directoryEnd) return at;
  }
  throw new Error("it is no ZIP");
}

function entryAt(zip: Buffer, at: number): Entry {
  return {
    flags: zip.readUInt16LE(at + 8),
    method: zip.readUInt16LE(at + 10),
    sum: zip.readUInt32LE(at + 16),
    packedBytes: zip.readUInt32LE(at + 20),
    bytes: zip.readUInt32LE(at + 24),
    header: zip.readUInt32LE(at + 42),
  };
}

function contentOf(zip: Buffer, entry: Entry, mostBytes: number): Buffer {
  const { header, packedBytes, bytes, sum } = entry;
  if (zip.readUInt32LE(header) !== localHeader) throw new Error("a file is not where it should be");
  if ((entry.flags & 1) !== 0) throw new Error("it is encrypted");
  if (bytes > mostBytes) throw new RangeError("too long");
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  if (start + packedBytes > zip.length) throw new RangeError("breaks off");
  const content = unpack(zip.subarray(start, start + packedBytes), entry.method, mostBytes);
  if (content.length !== bytes || crc32(content) !== sum) throw new Error("a sum is wrong");
  return content;
}

function unpack(packed: Buffer, method: number, mostBytes: number): Buffer {
  if (method === 0) return packed;
  if (method === 8) return inflateRawSync(packed, { maxOutputLength: Math.max(1, mostBytes) });
  throw new Error(`it is packed by method ${method}`);
}

function unknown(reason: string): ZipEntry {
  return { unknown: `the ZIP ${reason}` };
}
