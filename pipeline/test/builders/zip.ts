import { crc32, deflateRawSync } from "node:zlib";

export interface ZipFile {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the directory says instead of the truth. */
  readonly lie?: { readonly bytes?: number; readonly sum?: number };
  readonly method?: 0 | 8 | 14;
  readonly flags?: number;
}

/** A ZIP, with what its directory says of each file open to lies. */
export function zipOf(files: readonly ZipFile[], comment = ""): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const header = headerOf(file);
    directory.push(Buffer.concat([entryHead, header, tailOf(at), Buffer.from(file.name)]));
    const packed = packedOf(file);
    const part = Buffer.concat([localHead, header, Buffer.from(file.name), packed]);
    parts.push(part);
    at += part.length;
  }
  const entries = Buffer.concat(directory);
  return Buffer.concat([...parts, entries, endOf(files.length, entries.length, at, comment)]);
}

const localHead = Buffer.from([0x50, 0x4b, 3, 4, 20, 0]);
const entryHead = Buffer.from([0x50, 0x4b, 1, 2, 20, 3, 20, 0]);

/** What the header of a file and its entry in the directory have in common. */
function headerOf({ name, content, lie, method = 8, flags = 0 }: ZipFile): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(24);
  header.writeUInt16LE(flags, 0);
  header.writeUInt16LE(method, 2);
  header.writeUInt32LE(lie?.sum ?? crc32(bytes), 8);
  header.writeUInt32LE(packedOf({ name, content, method }).length, 12);
  header.writeUInt32LE(lie?.bytes ?? bytes.length, 16);
  header.writeUInt16LE(Buffer.byteLength(name), 20);
  return header;
}

function packedOf({ content, method = 8 }: ZipFile): Buffer {
  return method === 0 ? Buffer.from(content) : deflateRawSync(content);
}

/** Of an entry in the directory: no comment, one part, and where the file's header is. */
function tailOf(at: number): Buffer {
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(at, 10);
  return tail;
}

function endOf(count: number, bytes: number, at: number, comment: string): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([end, Buffer.from(comment)]);
}
