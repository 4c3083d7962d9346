import type { LockNode } from "../../dependencies/locks/lock-graph.ts";
import type { Ecosystem } from "../../dependencies/locks/locked-package.ts";

type Named = Pick<LockNode, "name" | "version" | "origin" | "registry" | "address" | "commit">;

/**
 * A package's address in the common form (github.com/package-url/purl-spec). None for what is only
 * a folder here: it would name somebody else's package.
 */
export function purlOf(ecosystem: Ecosystem, one: Named): string | undefined {
  if (one.origin === "path") return undefined;
  const name = ecosystem === "npm" ? one.name : pythonName(one.name);
  const path = name.split("/").map(encode).join("/");
  const version = one.version === "" ? "" : `@${encode(one.version)}`;
  const type = ecosystem === "npm" ? "npm" : "pypi";
  return `pkg:${type}/${path}${version}${qualifier(one)}`;
}

/** The product itself, where it is kept on GitHub. */
export function githubPurl(repository: string | undefined, tag: string): string | undefined {
  const [, path] = /^https:\/\/github\.com\/([^/]+\/[^/]+)$/.exec(repository ?? "") ?? [];
  if (path === undefined) return undefined;
  return `pkg:github/${path.toLowerCase().split("/").map(encode).join("/")}@${encode(tag)}`;
}

/** `git+https://host/path@commit`, as SPDX and the qualifier `vcs_url` write it. */
export function vcsAddress({ address = "", commit }: Pick<Named, "address" | "commit">): string {
  const url = address.startsWith("git+") ? address : `git+${address}`;
  return commit ? `${url}@${commit}` : url;
}

function qualifier(one: Named): string {
  if (one.origin === "git") return `?vcs_url=${encode(vcsAddress(one))}`;
  if (one.origin === "url") return `?download_url=${encode(one.address ?? "")}`;
  return one.registry ? `?repository_url=${encode(one.registry)}` : "";
}

/** Everything but letters, digits and `.-_~:` as bytes in hexadecimal. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%3A", ":");
}

/** As the package index compares names. */
function pythonName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}
