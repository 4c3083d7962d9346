import type { LockedFile, Need } from "../../dependencies/locks/lock-graph.ts";
import type { Origin } from "../../dependencies/locks/locked-package.ts";

/** What is released, at one commit. */
export interface Product {
  readonly name: string;
  readonly version: string;
  readonly tag: string;
  readonly commit: string;
  /** `https://host/owner/name`. */
  readonly repository?: string;
  /** The commit's date, ISO 8601 in UTC to the second: the same commit has the same bill. */
  readonly date: string;
  /** A UUID made from what names the release. */
  readonly id: string;
  /** The version of Gantry. */
  readonly gantry: string;
}

/** One of the product's components, one of the repository's own packages, or a package of a lock. */
export interface BillItem {
  /** Unlike any other's: a purl, or words of Gantry's own. */
  readonly ref: string;
  readonly kind: "component" | "own" | "package";
  readonly name: string;
  readonly version: string;
  readonly origin: Origin;
  readonly purl?: string;
  /** What it is needed for at most; absent: nothing says who asks for it. */
  readonly need?: Need;
  readonly address?: string;
  readonly commit?: string;
  readonly files: readonly LockedFile[];
  readonly licence?: string;
  /** Whether all that it asks for is known. */
  readonly told: boolean;
  /** Why nothing is known of what a component is made of. */
  readonly missing?: string;
}

export interface BillEdge {
  readonly from: string;
  readonly to: string;
  readonly need: Need;
}

/** What a release is made of, as far as its locks tell; the same for every format. */
export interface Bill {
  readonly product: Product;
  /** In the order of their refs. */
  readonly items: readonly BillItem[];
  readonly edges: readonly BillEdge[];
}

/** The product's own ref. */
export const productRef = "product";
