import type { Origin } from "./locked-package.ts";

export interface Checksum {
  readonly algorithm: "MD5" | "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";
  readonly hex: string;
}

/** One file that a package is installed from, as the lock pins it. */
export interface LockedFile {
  readonly url?: string;
  readonly checksums: readonly Checksum[];
}

/** What a package is asked for: to run, for more than that if it is there, or to develop. */
export type Need = "required" | "optional" | "development";

export interface LockEdge {
  /** The id of the package that is asked for. */
  readonly to: string;
  readonly need: Need;
  /** The extras that it is asked for with. */
  readonly extras?: readonly string[];
  /** The extra of the asking package that this belongs to; absent: it is always asked for. */
  readonly of?: string;
}

/** A package with everything that its lock says of it and of what it asks for. */
export interface LockNode {
  /** Unlike any other's in the same lock. */
  readonly id: string;
  readonly name: string;
  /** As it is written; empty where it is decided elsewhere. */
  readonly version: string;
  readonly origin: Origin;
  /** The registry, where it is not the usual one. */
  readonly registry?: string;
  /** Where it comes from, if from no registry. */
  readonly address?: string;
  readonly commit?: string;
  readonly files: readonly LockedFile[];
  /** In the words of the package. */
  readonly licence?: string;
  /** The folder of one of the repository's own packages, from the lock's. */
  readonly own?: string;
  readonly edges: readonly LockEdge[];
}

/** Everything in a lock, the repository's own packages too. */
export type LockGraph =
  | {
      readonly ok: true;
      readonly nodes: readonly LockNode[];
      /** Whether it says which package asks for which. */
      readonly told: boolean;
    }
  | { readonly ok: false; readonly why: string };

const algorithms: Readonly<Record<string, Checksum["algorithm"]>> = {
  md5: "MD5",
  sha1: "SHA-1",
  sha256: "SHA-256",
  sha384: "SHA-384",
  sha512: "SHA-512",
};

/** None where the algorithm is not known, or the digits are none. */
export function checksum(algorithm: string, hex: string): Checksum[] {
  const known = algorithms[algorithm.toLowerCase()];
  return known && /^[0-9a-f]{32,128}$/i.test(hex)
    ? [{ algorithm: known, hex: hex.toLowerCase() }]
    : [];
}

/** An address that can be shown: without a user, a password, or a token after `?`. */
export function publicAddress(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, "$1").replace(/[?#].*$/, "");
}
