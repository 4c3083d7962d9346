import { splitWords } from "../../config/words.ts";
import type { LockedPackage, ReadLock } from "./locked-package.ts";

/** How a file of pinned requirements was made, as its first lines say it. */
export type Compiled =
  | {
      readonly ok: true;
      readonly options: readonly string[];
      readonly inputs: readonly string[];
      /** The command as it stands there; it is what people run, so it stays. */
      readonly command: string;
    }
  | { readonly ok: false; readonly why: string };

const flags = [
  "--generate-hashes",
  "--universal",
  "--all-extras",
  "--strip-extras",
  "--no-strip-extras",
];
const valued = ["--extra", "--group", "--python-version", "--python-platform"];
/** They say where it goes or how it looks, which is decided here. */
const dropped = ["--", "--output-file", "-o", "--quiet", "-q", "--upgrade", "-U"];

/** Nothing where no tool says that it made the file. */
export function readHeader(text: string): Compiled | undefined {
  const line = /^#\s+((?:uv pip compile|pip-compile)\b.*)$/m.exec(text.slice(0, 4000))?.[1];
  if (!line) return undefined;
  const split = splitWords(line);
  if (!split.ok) return { ok: false, why: "the command in its first lines cannot be read" };
  const isUv = split.value[0] === "uv";
  const read = readWords(split.value.slice(isUv ? 3 : 1).flatMap(apart));
  return read.ok ? { ...read, command: line } : read;
}

type Words =
  | { readonly ok: true; readonly options: readonly string[]; readonly inputs: readonly string[] }
  | { readonly ok: false; readonly why: string };

/** `--option=value` as two words. */
function apart(word: string): string[] {
  const cut = word.indexOf("=");
  return word.startsWith("--") && cut > 0 ? [word.slice(0, cut), word.slice(cut + 1)] : [word];
}

function readWords(words: readonly string[]): Words {
  const options: string[] = [];
  const inputs: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    const value = words[at + 1];
    if (flags.includes(word)) options.push(word);
    else if (valued.includes(word) && value !== undefined) {
      options.push(`${word}=${value}`);
      at += 1;
    } else if (dropped.includes(word)) at += /^(-o|--output-file)$/.test(word) ? 1 : 0;
    else if (word.startsWith("-")) return { ok: false, why: `it was made with \`${word}\`` };
    else inputs.push(word);
  }
  const inside = inputs.every((one) => !one.startsWith("/") && !one.split("/").includes(".."));
  if (inputs.length === 0 || !inside) return { ok: false, why: "its first lines name no source" };
  return { ok: true, options, inputs };
}

/** Reads pinned requirements, with the notes that say who asked for each. */
export function readRequirements(text: string): ReadLock {
  const packages: { -readonly [K in keyof LockedPackage]: LockedPackage[K] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, version] = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)/.exec(line) ?? [];
    const last = packages.at(-1);
    if (name && version) {
      packages.push({ name, version, origin: "registry", direct: false, uses: [] });
    } else if (last && /^\s+#.*(-r |\(pyproject\.toml\)|\(setup\.(py|cfg)\))/.test(line)) {
      last.direct = true;
    }
  }
  return { ok: true, packages };
}
