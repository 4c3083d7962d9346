/** What became of a comment that was to be kept on a pull request. */
export interface KeptWords {
  readonly kind: "created" | "updated" | "unchanged" | "superseded";
  readonly url: string;
}

/** One sentence on it, for people. */
export function keptSentence({ kind, url }: KeptWords): string {
  switch (kind) {
    case "created":
      return `the comment is written: ${url}`;
    case "updated":
      return `the comment is up to date: ${url}`;
    case "unchanged":
      return `the comment said so already: ${url}`;
    case "superseded":
      return `a newer run has commented, which stands: ${url}`;
  }
}
