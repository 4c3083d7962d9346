import type { File } from "../client.ts";
import { shellImage } from "../images.ts";
import type { Site } from "./site.ts";

const wholeBytes = 512 * 1024;
const headBytes = 64 * 1024;
const tailBytes = 256 * 1024;

/**
 * Hands a log to the core: whole where it is small, else its head and tail, since `contents()` of
 * 100 MB would cost more than a gigabyte. The whole log stays a file in the run's folder.
 */
export async function showLog(
  site: Site,
  log: File,
  output: (chunk: string) => Promise<void>,
): Promise<void> {
  const size = await log.size();
  if (size === 0) return;
  if (size <= wholeBytes) return output(await log.contents());
  const [head, tail] = await excerpts(site, log);
  const left = size - headBytes - tailBytes;
  await output(`${head}\n… ${left} bytes are left out here; the log has them …\n${tail}`);
}

async function excerpts(site: Site, log: File): Promise<[string, string]> {
  const script = `head -c ${headBytes} "$1" >/head; tail -c ${tailBytes} "$1" >/tail`;
  const cut = site.dag
    .container()
    .from(shellImage(site.plan))
    .withMountedFile("/log", log)
    .withExec(["sh", "-c", script, "gantry", "/log"]);
  return Promise.all([cut.file("/head").contents(), cut.file("/tail").contents()]);
}
