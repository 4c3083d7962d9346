/** What can go wrong with one request; `applied` ones take effect before they fail. */
export type Fault =
  | { readonly name: "drop-before" }
  | { readonly name: "drop-after" }
  | { readonly name: "truncate" }
  /** In seconds of the stand-in's clock; what is asked takes effect at once, or only then. */
  | { readonly name: "slow"; readonly seconds: number; readonly applied: "at-once" | "at-the-end" }
  | { readonly name: "status"; readonly status: number; readonly applied?: boolean }
  | { readonly name: "html"; readonly applied?: boolean }
  /** As GitHub says it: a header, an empty quota, or a word in the message only. */
  | {
      readonly name: "rate-limited";
      readonly seconds: number;
      readonly how: "retry-after" | "quota" | "secondary";
    }
  | { readonly name: "missing-field"; readonly field: string }
  /** An upload that breaks off: the asset is there, and of no use. */
  | { readonly name: "half-upload" };
