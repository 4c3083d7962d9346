import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { Known, Leak } from "../../pull-request/facts.ts";
import { readLeaks, uniqueLeaks } from "../../pull-request/leaks.ts";
import type { FoundScanner } from "../tools/betterleaks.ts";
import { secretRules } from "./secret-rules.ts";

export interface ScanRequest {
  readonly scanner: FoundScanner;
  /** The top of the checkout. */
  readonly root: string;
  /** Where the source stands in it; findings outside are somebody else's. */
  readonly prefix: string;
  /** Commits after `from` up to `to`; absent: all that any branch or tag reaches. */
  readonly range?: { readonly from: string; readonly to: string };
  /** Whether marks in the code (`betterleaks:allow`) and ignore files of the repository count. */
  readonly ownMarks: boolean;
  readonly signal?: AbortSignal;
}

/**
 * What an author can do to hide a line from git's own diff: call its file binary in .gitattributes,
 * put a zero byte beside it, or write it while a merge is resolved.
 */
const everything = ["--text", "--remerge-diff"];
/** Archives are looked into only where git takes them for binary: so both ways are gone. */
const ways: readonly (readonly string[])[] = [[], everything];

/** Looks for secrets in commits; only places come back, and what was matched reaches no file. */
export async function scanForSecrets(request: ScanRequest): Promise<Known<readonly Leak[]>> {
  const { scanner, prefix } = request;
  if (!scanner.ok) return { unknown: scanner.reason, mend: scanner.mend };
  const scratch = await mkdtemp(join(tmpdir(), "gantry-scan-"));
  try {
    const found: Leak[] = [];
    for (const way of ways) {
      const one = await scanOnce(request, { program: scanner.program, way, scratch });
      if ("unknown" in one) return one;
      found.push(...one.value);
    }
    return { value: uniqueLeaks(found.flatMap((leak) => inside(leak, prefix))) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Once {
  readonly program: string;
  readonly way: readonly string[];
  readonly scratch: string;
}

async function scanOnce(request: ScanRequest, once: Once): Promise<Known<readonly Leak[]>> {
  const { root, ownMarks, signal } = request;
  const { program, way, scratch } = once;
  const [none, rules] = [join(scratch, "none"), join(scratch, "rules.toml")];
  await Promise.all([writeFile(none, ""), writeFile(rules, secretRules)]);
  const result = await execa(
    program,
    [
      "git",
      root,
      "--silent",
      "--no-color",
      "--log-level=error",
      // Also with findings: any other code is a scan that did not come to its end.
      "--exit-code=0",
      // The scanner's own masking takes what it found out of paths, rules and commits as well, so
      // that nobody finds the place. Unmasked, the report goes through a pipe and is not kept.
      "--output=-",
      "--include=commit-messages",
      `--config=${rules}`,
      `--log-opts=${[...way, ...rangeOf(request)].join(" ")}`,
      ...(ownMarks ? [] : ["--no-allow-signatures", `--ignore-file=${none}`]),
    ],
    {
      reject: false,
      stdin: "ignore",
      cwd: scratch,
      extendEnv: false,
      env: environment(root, scratch),
      ...(signal && { cancelSignal: signal }),
    },
  );
  if (result.failed) return crashed(result.exitCode, String(result.stderr || result.shortMessage));
  return readLeaks(String(result.stdout));
}

/** Only ids that git itself has said come here. */
function rangeOf({ range }: ScanRequest): string[] {
  return range ? [`${range.from}..${range.to}`] : ["--all"];
}

/**
 * Nothing of the machine's: no settings of the scanner or of git, no token with which a found secret
 * could be tried out at its provider.
 */
function environment(root: string, home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin",
    HOME: home,
    TMPDIR: home,
    TZ: "UTC",
    LC_ALL: "C.UTF-8",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    ...asSettings([
      // A container's user need not own the files.
      ["safe.directory", root],
      ...plainDiff,
    ]),
  };
}

/** The repository's own settings can make a diff unreadable for the scanner: coloured, for one. */
const plainDiff: readonly (readonly [string, string])[] = [
  ["color.ui", "false"],
  ["color.diff", "false"],
  ["diff.noprefix", "false"],
  ["diff.mnemonicPrefix", "false"],
  ["diff.orderFile", "/dev/null"],
];

/** Settings that win over every file, in the form that git takes from its environment. */
function asSettings(settings: readonly (readonly [string, string])[]): Record<string, string> {
  const named = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(named) };
}

function inside(leak: Leak, prefix: string): Leak[] {
  if (leak.file === undefined || prefix === "") return [leak];
  return leak.file.startsWith(prefix) ? [{ ...leak, file: leak.file.slice(prefix.length) }] : [];
}

/** The scanner's last word; whatever in it is long enough to be a secret is masked. */
function crashed(exit: number | undefined, output: string): Known<never> {
  const last = (output.trim().split("\n").at(-1) ?? "").replace(/[\w+/=.-]{12,}/g, "***");
  return {
    unknown: `the secret scanner ended with ${exit === undefined ? "a signal" : `exit code ${exit}`}${last ? `: ${last.slice(0, 300)}` : ""}`,
    mend: "run it again",
  };
}
