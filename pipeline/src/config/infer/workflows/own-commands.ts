import { splitWords } from "../../words.ts";

/** How a repository calls a tool itself. */
export type OwnCall =
  | { readonly kind: "none" }
  /** It is called in one way only, with these arguments. */
  | { readonly kind: "one"; readonly arguments: readonly string[] }
  /** In several ways, or in one that only a shell understands. */
  | { readonly kind: "many" };

/** What follows one of these is the name of a task, whatever tool is called so. */
const taskRunner = "(?:task|poe|inv|invoke|nox|tox|just|make|pre-commit)\\s";

/** What may stand before a tool: `uv run --group x`, `coverage run -m`, `python -m`. */
const wrapper = `^(?:(?:uv|poetry|pdm|hatch|rye|pipenv) run\\b(?:(?!\\s${taskRunner})[^&|;])*?\\s)?(?:coverage run\\b[^&|;]*?-m\\s+|(?:\\S*/)?python[\\d.]*\\s+-m\\s+)?`;

/** Finds how some lines of shell call a tool, whatever they wrap it in. */
export function ownCall(lines: readonly string[], tool: string): OwnCall {
  const calls = new Map<string, readonly string[] | undefined>();
  const wrapped = new RegExp(`${wrapper}(?=${tool}(?:\\s|$))`);
  for (const line of lines.flatMap((text) => text.split(/\s+&&\s+/))) {
    const call = line.trim().replace(/^-\s+/, "").replace(wrapped, "");
    if (call !== tool && !call.startsWith(`${tool} `)) continue;
    // A script's own parameters are none where nothing is handed to it.
    const given = call.replaceAll(/\s+"?\$[@*]"?(?=\s|$)/g, "");
    const words = /[$`{}]/.test(given) ? undefined : splitWords(given);
    const found = words?.ok ? words.value.slice(1) : undefined;
    calls.set(found ? found.join("\0") : "?", found);
  }
  if (calls.size === 0) return { kind: "none" };
  const [only] = calls.values();
  return calls.size === 1 && only ? { kind: "one", arguments: only } : { kind: "many" };
}

/** Options that change what pytest shows or measures, and not what it checks. */
const showing =
  /^(-[vqsxlr]+\w*|--(verbose|quiet|color|tb|cov|cov-[\w-]+|no-cov|junit-?xml|durations|maxfail|showlocals|capture|dist|html|self-contained-html|instafail|ff|failed-first|benchmark-[\w-]+|numprocesses)(=.*)?)$/;
const withValue =
  /^(-n|--tb|--durations|--maxfail|--color|--numprocesses|--dist|--cov-report|--junit-?xml)$/;

/** pytest's arguments without those that only concern its output, its speed or its coverage. */
export function testedBy(options: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < options.length; index += 1) {
    const word = options[index] as string;
    const value = options[index + 1];
    if (withValue.test(word)) index += 1;
    else if (word === "--cov" && value && !value.startsWith("-")) index += 1;
    else if (word === "-o" && value?.startsWith("junit_")) index += 1;
    else if (!showing.test(word) && !/^-n\d|^-nauto/.test(word)) kept.push(word);
  }
  return kept;
}
