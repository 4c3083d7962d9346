/** Random but the same each time: what is generated here must never stand in a file. */
export interface Random {
  readonly below: (limit: number) => number;
  readonly text: (length: number, alphabet: string) => string;
}

export const alphabets = {
  hex: "0123456789abcdef",
  digits: "0123456789",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  base32: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
  word: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
  base64: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/",
} as const;

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => next() % limit;
  return {
    below,
    text: (length, alphabet) =>
      Array.from({ length }, () => alphabet[below(alphabet.length)]).join(""),
  };
}
