/** A version of Python's packages, as PEP 440 orders them. */
export interface PythonVersion {
  readonly epoch: number;
  readonly release: readonly number[];
  /** What follows the release, as numbers that sort: development, then alpha to final, then post. */
  readonly suffix: readonly number[];
}

const form =
  /^\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\d*))?(?:(?:-(\d+))|(?:[-_.]?(?:post|rev|r)[-_.]?(\d*)))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?\s*$/i;

const phases: Readonly<Record<string, number>> = { a: 1, b: 2, c: 3, p: 3, r: 3 };
const final = 4;

export function parsePythonVersion(text: string): PythonVersion | undefined {
  const found = form.exec(text);
  if (!found) return undefined;
  const [, epoch = "0", release = "", phase, number, dash, post, dev, devNumber] = found;
  const isPost = dash !== undefined || post !== undefined;
  const onlyDev = dev !== undefined && phase === undefined && !isPost;
  return {
    epoch: Number(epoch),
    release: release.split(".").map(Number),
    suffix: [
      onlyDev ? 0 : phase ? (phases[phase[0]?.toLowerCase() ?? ""] ?? final) : final,
      Number(number ?? 0),
      isPost ? 1 + Number(dash ?? (post || 0)) : 0,
      // A development version comes before what it is to become.
      dev === undefined ? Number.POSITIVE_INFINITY : Number(devNumber || 0),
    ],
  };
}

/** Below zero where the first comes before the second. */
export function comparePythonVersions(one: PythonVersion, other: PythonVersion): number {
  return (
    one.epoch - other.epoch ||
    compareNumbers(one.release, other.release) ||
    compareNumbers(one.suffix, other.suffix)
  );
}

/** Number by number; what is missing at the end is zero. */
export function compareNumbers(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [a, b] = [one[at] ?? 0, other[at] ?? 0];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}
