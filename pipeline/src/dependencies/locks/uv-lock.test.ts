import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { changesBetween } from "../versions/changes.ts";
import type { LockedPackage } from "./locked-package.ts";
import { readUvLock } from "./uv-lock.ts";

const rose = readFileSync(
  fileURLToPath(new URL("../../../../examples/rose/uv.lock", import.meta.url)),
  "utf8",
);

function packagesOf(text: string): readonly LockedPackage[] {
  const read = readUvLock(text);
  if (!read.ok) throw new Error(read.why);
  return read.packages;
}

describe("a real uv.lock", () => {
  const packages = packagesOf(rose);

  it("has everything but the project itself", () => {
    const names = rose.match(/(?<=^\[\[package\]\]\nname = ")[^"]+/gm) ?? [];
    expect(packages.map(({ name }) => name)).toEqual(names.filter((name) => name !== "rose"));
    expect(packages.every(({ version }) => /^\d/.test(version))).toBe(true);
  });

  it("tells what the project asks for, groups of development included", () => {
    const direct = packages.filter((one) => one.direct).map(({ name }) => name);
    expect(direct).toEqual(
      "fastapi httpx2 mypy pytest pytest-cov pytest-xdist redis ruff uvicorn".split(" "),
    );
  });

  it("knows where packages come from and what they ask for", () => {
    expect(packages.find(({ name }) => name === "anyio")).toMatchObject({
      origin: "registry",
      registry: "https://pypi.org/simple",
      uses: ["idna", "typing-extensions"],
    });
  });
});

/** As uv 0.13 writes them: a workspace, a fork of versions, git, an address, a folder. */
const mixed = `version = 1
revision = 5
requires-python = ">=3.11"

[manifest]
members = ["app", "lib"]

[[package]]
name = "app"
version = "1.0.0"
source = { virtual = "." }
dependencies = [
    { name = "lib" },
    { name = "numpy", version = "2.0.2", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version < '3.12'" },
    { name = "numpy", version = "2.4.0", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version >= '3.12'" },
    { name = "tool" },
    { name = "local" },
]

[[package]]
name = "lib"
version = "1.0.0"
source = { editable = "packages/lib" }
dependencies = [{ name = "wheel" }]

[package.optional-dependencies]
fast = [{ name = "uvloop" }]

[[package]]
name = "local"
version = "0.1.0"
source = { directory = "vendor/local" }

[[package]]
name = "numpy"
version = "2.0.2"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "numpy"
version = "2.4.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "tool"
version = "1.0.0"
source = { git = "https://github.com/a/tool?rev=main#0123456789abcdef0123456789abcdef01234567" }

[[package]]
name = "uvloop"
version = "0.21.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "wheel"
source = { url = "https://example.com/wheel-1.whl" }
`;

describe("a uv.lock of a workspace", () => {
  it("has the members' packages, with their origins", () => {
    expect(packagesOf(mixed).map((one) => [one.name, one.version, one.origin, one.direct])).toEqual(
      [
        ["local", "0.1.0", "path", true],
        ["numpy", "2.0.2", "registry", true],
        ["numpy", "2.4.0", "registry", true],
        ["tool", "1.0.0 (012345678)", "git", true],
        ["uvloop", "0.21.0", "registry", true],
        ["wheel", "", "url", true],
      ],
    );
  });

  it("tells a commit, one of two versions, what came and what went apart", () => {
    const after = mixed
      .replaceAll("2.4.0", "2.5.1")
      .replace("#0123456789", "#fedcba9876")
      .replaceAll('"uvloop"', '"winloop"');
    const changes = changesBetween("python", packagesOf(mixed), packagesOf(after));
    expect(changes.map(({ name, from, to, kind }) => [name, from, to, kind])).toEqual([
      ["numpy", "2.4.0", "2.5.1", "minor"],
      ["tool", "1.0.0 (012345678)", "1.0.0 (fedcba987)", "other"],
      ["uvloop", "0.21.0", undefined, "removed"],
      ["winloop", undefined, "0.21.0", "added"],
    ]);
  });

  it("pairs versions that both move, the newest with the newest", () => {
    const after = mixed.replaceAll("2.4.0", "3.0.0").replaceAll("2.0.2", "2.4.0");
    const changes = changesBetween("python", packagesOf(mixed), packagesOf(after));
    expect(changes.map(({ from, to }) => [from, to])).toEqual([["2.0.2", "3.0.0"]]);
  });
});

it.each(["", "version = 2\n", "version = 1\n[[package]]\nversion = 3\n", "= ="])(
  "says why %j is none",
  (text) => {
    expect(readUvLock(text)).toMatchObject({ ok: false, why: expect.stringMatching(/./) });
  },
);
