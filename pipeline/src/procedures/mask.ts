import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createRedactor, type Redactor } from "../execute/redact/redact.ts";

/**
 * Copies a folder with every secret masked, and shows the masked log. Files are read byte by byte
 * as Latin-1, so that a picture in a report stays what it was.
 */
export async function maskFolder(from: string, to: string, secrets: string[]): Promise<void> {
  const redactor = createRedactor(secrets.flatMap(asBytes));
  await maskInto(from, to, redactor);
}

async function maskInto(from: string, to: string, redactor: Redactor): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await maskInto(source, target, redactor);
    else if (entry.isFile()) await maskFile(source, target, redactor);
  }
}

async function maskFile(from: string, to: string, redactor: Redactor): Promise<void> {
  const stream = redactor.stream();
  const source = createReadStream(from, { encoding: "latin1" });
  const masked = async function* (chunks: AsyncIterable<string>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) yield Buffer.from(stream.push(chunk), "latin1");
    yield Buffer.from(stream.end(), "latin1");
  };
  await pipeline(source, masked, createWriteStream(to));
}

/** A secret as it looks when its UTF-8 bytes are read as Latin-1, beside itself. */
function asBytes(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8").toString("latin1");
  return bytes === secret ? [secret] : [bytes, secret];
}
