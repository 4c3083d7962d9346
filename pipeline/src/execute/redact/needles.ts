/** Many texts that are looked for at once. No regular expression: a large secret would break it. */
export interface Needles {
  /** A quick look: false where none can begin. */
  readonly mayBeginAt: (text: string, at: number) => boolean;
  /** The length of the longest that stands here, or 0. */
  readonly longestAt: (text: string, at: number) => number;
  /** Whether one begins here that the text's end leaves unfinished. */
  readonly openAt: (text: string, at: number) => boolean;
}

export function createNeedles(values: readonly string[]): Needles {
  const needles = [...new Set(values)].sort((a, b) => b.length - a.length);
  const longest = needles[0]?.length ?? 0;
  const firsts = new Uint8Array(65_536);
  for (const needle of needles) firsts[needle.charCodeAt(0)] = 1;
  const singles = new Set(needles.filter((needle) => needle.length === 1));
  const longer = needles.filter((needle) => needle.length > 1);
  const byPair = Map.groupBy(longer, (needle) => pairAt(needle, 0));
  const afterFirst = new Set(longer.map((needle) => needle.charCodeAt(0)));
  return {
    mayBeginAt: (text, at) => firsts[text.charCodeAt(at)] === 1,
    longestAt(text, at) {
      const found = byPair.get(pairAt(text, at))?.find((needle) => text.startsWith(needle, at));
      return found?.length ?? (singles.has(text.charAt(at)) ? 1 : 0);
    },
    openAt(text, at) {
      const left = text.length - at;
      if (left >= longest) return false;
      if (left === 1) return afterFirst.has(text.charCodeAt(at));
      const suffix = text.slice(at);
      const candidates = byPair.get(pairAt(text, at)) ?? [];
      return candidates.some((needle) => needle.length > left && needle.startsWith(suffix));
    },
  };
}

function pairAt(text: string, at: number): number {
  return text.charCodeAt(at) * 65_536 + text.charCodeAt(at + 1);
}
