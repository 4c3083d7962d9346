import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { changesBetween } from "../versions/changes.ts";
import type { LockedPackage } from "./locked-package.ts";
import { readNpmLock } from "./npm-lock.ts";

const frontend = new URL("../../../../examples/rose/frontend/package-lock.json", import.meta.url);
const rose = readFileSync(fileURLToPath(frontend), "utf8");

function packagesOf(text: string): readonly LockedPackage[] {
  const read = readNpmLock(text);
  if (!read.ok) throw new Error(read.why);
  return read.packages;
}

describe("a real package-lock.json", () => {
  const packages = packagesOf(rose);
  const { packages: entries } = JSON.parse(rose) as { packages: Record<string, object> };

  it("has everything but the project itself", () => {
    expect(packages).toHaveLength(Object.keys(entries).length - 1);
    expect(
      packages.every(({ version, origin }) => /^\d/.test(version) && origin === "registry"),
    ).toBe(true);
  });

  it("tells what the project asks for", () => {
    const direct = packages.filter((one) => one.direct).map(({ name }) => name);
    const { devDependencies } = entries[""] as { devDependencies: object };
    expect(direct).toEqual(Object.keys(devDependencies));
  });
});

const git = "git+ssh://git@github.com/a/tool.git#0123456789abcdef0123456789abcdef01234567";
/** As npm 11 writes them: a workspace, a nested version, an alias, git, a folder, a bundle. */
const mixed = {
  name: "root",
  lockfileVersion: 3,
  packages: {
    "": { name: "root", workspaces: ["app"], dependencies: { ms: "^2.0.0", tool: "a/tool" } },
    app: { name: "app", version: "1.0.0", dependencies: { ms: "^1.0.0", old: "npm:semver@^5" } },
    "app/node_modules/ms": { version: "1.0.0" },
    "node_modules/app": { resolved: "app", link: true },
    "node_modules/bundler": { version: "1.0.0", dependencies: { ms: "^2.0.0" } },
    "node_modules/bundler/node_modules/inside": { version: "3.0.0", inBundle: true },
    "node_modules/local": { version: "1.0.0", resolved: "file:vendor/local.tgz" },
    "node_modules/ms": { version: "2.0.0" },
    "node_modules/old": { name: "semver", version: "5.7.0" },
    "node_modules/tool": { version: "1.0.0", resolved: git },
  },
};

describe("a package-lock.json of a workspace", () => {
  const packages = packagesOf(JSON.stringify(mixed));

  it("has each package where it stands, with its origin", () => {
    expect(packages.map((one) => [one.name, one.version, one.origin, one.direct])).toEqual([
      ["ms", "1.0.0", "registry", true],
      ["bundler", "1.0.0", "registry", false],
      ["local", "1.0.0", "path", false],
      ["ms", "2.0.0", "registry", true],
      ["semver", "5.7.0", "registry", true],
      ["tool", "1.0.0 (012345678)", "git", true],
    ]);
  });

  it("moves one of two versions, loses a duplicate, and follows a branch", () => {
    const after = structuredClone(mixed);
    after.packages["node_modules/ms"].version = "2.1.3";
    after.packages["node_modules/tool"].resolved = git.replace("#0123", "#fedc");
    const changes = changesBetween("npm", packages, packagesOf(JSON.stringify(after)));
    expect(changes.map(({ name, from, to, kind }) => [name, from, to, kind])).toEqual([
      ["ms", "2.0.0", "2.1.3", "minor"],
      ["tool", "1.0.0 (012345678)", "1.0.0 (fedc45678)", "other"],
    ]);
    const { "app/node_modules/ms": _, ...fewer } = mixed.packages;
    const less = packagesOf(JSON.stringify({ ...mixed, packages: fewer }));
    expect(changesBetween("npm", packages, less)).toMatchObject([
      { name: "ms", from: "1.0.0", kind: "removed" },
    ]);
  });
});

it.each(["", "[]", "{}", '{"lockfileVersion":1,"dependencies":{}}'])(
  "says why %j is none",
  (text) => {
    expect(readNpmLock(text)).toMatchObject({ ok: false, why: expect.stringMatching(/./) });
  },
);
