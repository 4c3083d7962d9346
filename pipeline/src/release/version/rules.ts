import type { Change } from "../commits/collect.ts";
import type { Level, ReleaseSettings } from "../settings.ts";

/** What a change calls for, and the name of the rule that says so. */
export interface Call {
  readonly level: Level;
  readonly rule: string;
}

type Rule = (change: Change, settings: ReleaseSettings) => Level | undefined;

/** Asked in this order; the first that answers decides for its change. */
const rules: readonly (readonly [string, Rule])[] = [
  ["breaking change", (change) => (change.breaking ? "major" : undefined)],
  ["type", (change, { types }) => asked(change.type ? ofType(change.type, types) : undefined)],
  [
    "unconventional",
    (change, settings) => (change.type ? undefined : asked(settings.unconventional)),
  ],
];

export function callOf(change: Change, settings: ReleaseSettings): Call | undefined {
  for (const [rule, answer] of rules) {
    const level = answer(change, settings);
    if (level) return { level, rule };
  }
  return undefined;
}

const weight = { patch: 0, minor: 1, major: 2 } as const;

export function highest(levels: readonly Level[]): Level | undefined {
  return levels.reduce<Level | undefined>(
    (most, level) => (most === undefined || weight[level] > weight[most] ? level : most),
    undefined,
  );
}

/** A type may be called `constructor`. */
function ofType(type: string, types: ReleaseSettings["types"]): Level | "none" | undefined {
  return Object.hasOwn(types, type) ? types[type] : types["*"];
}

function asked(level: Level | "none" | undefined): Level | undefined {
  return level === "none" ? undefined : level;
}
