/** A file that an adopted repository should have, and what happens where one is already there. */
export type Wanted = Whole | Seed | Lines | Block;

interface Base {
  readonly path: string;
  /** Other places where people keep the same thing; a folder ends with `/`. */
  readonly elsewhere?: readonly string[];
}

/** Written where it is missing; where it differs, the difference is shown. */
export interface Whole extends Base {
  readonly kind: "whole";
  readonly text: string;
}

/** Written once; from then on it is theirs. */
export interface Seed extends Base {
  readonly kind: "seed";
  readonly text: string;
}

/** Lines that have to be in it, in any place. */
export interface Lines extends Base {
  readonly kind: "lines";
  readonly lines: readonly { readonly line: string; readonly covers: (line: string) => boolean }[];
}

/** A marked part of a page that people write. */
export interface Block extends Base {
  readonly kind: "block";
  readonly name: string;
  readonly block: string;
  /** The page around it, where there is none. */
  readonly title: string;
}
