import { describe, expect, it } from "vitest";
import type { LockGraph, LockNode } from "./lock-graph.ts";
import { npmGraph } from "./npm-graph.ts";
import { requirementsGraph } from "./requirements-graph.ts";
import { uvGraph } from "./uv-graph.ts";

function nodesOf(graph: LockGraph): readonly LockNode[] {
  if (!graph.ok) throw new Error(graph.why);
  return graph.nodes;
}

function find(nodes: readonly LockNode[], name: string): LockNode | undefined {
  return nodes.find((node) => node.name === name);
}

const sha = "ab".repeat(32);

describe("a package-lock.json", () => {
  const lock = {
    lockfileVersion: 3,
    packages: {
      "": {
        name: "root",
        version: "1.0.0",
        dependencies: { "@s/a": "1", app: "1", secret: "1" },
        devDependencies: { tool: "1" },
      },
      app: { name: "app", version: "2.0.0", dependencies: { ms: "1" } },
      "app/node_modules/ms": { version: "1.0.0" },
      "node_modules/app": { resolved: "app", link: true },
      "node_modules/@s/a": {
        version: "1.0.0",
        resolved: "https://registry.npmjs.org/@s/a/-/a-1.0.0.tgz",
        integrity: "sha512-not!base64 sha1-3q2+796tvu/erb7v3q2+796tvu8= md5-xx",
        license: "MIT",
        optionalDependencies: { ms: "2", gone: "1" },
        peerDependencies: { tool: "1" },
        peerDependenciesMeta: { tool: { optional: true } },
      },
      "node_modules/ms": { version: "2.0.0", license: { type: "MIT" } },
      "node_modules/secret": {
        version: "1.0.0",
        resolved: "https://me:pass@npm.example/all/secret/-/secret-1.0.0.tgz?token=1",
      },
      "node_modules/tool": {
        version: "1.0.0",
        resolved: "git+ssh://git@github.com/a/tool.git#0123456789abcdef",
      },
    },
  };
  const nodes = nodesOf(npmGraph(JSON.stringify(lock)));

  it("has the repository's own packages by their folders", () => {
    expect(nodes.flatMap(({ name, own }) => own ?? [name].slice(1))).toEqual([".", "app"]);
  });

  it("leads to the very place of each need, through links to members", () => {
    expect(find(nodes, "root")?.edges).toEqual([
      { to: "node_modules/@s/a", need: "required" },
      { to: "app", need: "required" },
      { to: "node_modules/secret", need: "required" },
      { to: "node_modules/tool", need: "development" },
    ]);
    expect(find(nodes, "app")?.edges).toEqual([{ to: "app/node_modules/ms", need: "required" }]);
    expect(find(nodes, "@s/a")?.edges).toEqual([
      { to: "node_modules/ms", need: "optional" },
      { to: "node_modules/tool", need: "optional" },
    ]);
  });

  it("keeps checksums that are some, and licences in words", () => {
    expect(find(nodes, "@s/a")).toMatchObject({
      licence: "MIT",
      files: [
        { checksums: [{ algorithm: "SHA-1", hex: "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef" }] },
      ],
    });
    expect(find(nodes, "ms")).not.toHaveProperty("licence");
  });

  it("shows no password and no token of an address", () => {
    expect(find(nodes, "secret")).toMatchObject({ registry: "https://npm.example/all" });
    expect(JSON.stringify(nodes)).not.toMatch(/pass|token/);
    expect(find(nodes, "tool")).toMatchObject({
      origin: "git",
      address: "git+ssh://github.com/a/tool.git",
      commit: "0123456789abcdef",
    });
  });
});

describe("a uv.lock", () => {
  const lock = `version = 1
[manifest]
members = ["app", "lib"]

[[package]]
name = "app"
version = "1.0.0"
source = { editable = "." }
dependencies = [{ name = "web", extra = ["fast"] }, { name = "num", version = "2.0" }]
[package.optional-dependencies]
more = [{ name = "lib" }]
[package.dev-dependencies]
dev = [{ name = "num", version = "1.0" }]

[[package]]
name = "lib"
version = "1.0.0"
source = { virtual = "packages/lib" }

[[package]]
name = "num"
version = "1.0"
source = { registry = "https://user:word@index.example/simple" }

[[package]]
name = "num"
version = "2.0"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://files.example/num.tar.gz", hash = "sha256:${sha}" }
wheels = [{ url = "https://files.example/num.whl?x=1", hash = "md4:00" }]

[[package]]
name = "web"
version = "3.0"
source = { git = "https://github.com/a/web?rev=main#0123456789abcdef" }
[package.optional-dependencies]
fast = [{ name = "num", version = "2.0" }]
`;
  const nodes = nodesOf(uvGraph(lock));

  it("has members by their folders, and tells two versions and an extra apart", () => {
    expect(nodes.map(({ own }) => own)).toEqual([".", "packages/lib", ...Array(3).fill(undefined)]);
    expect(find(nodes, "app")?.edges).toEqual([
      { to: "4", need: "required", extras: ["fast"] },
      { to: "3", need: "required" },
      { to: "1", need: "optional", of: "more" },
      { to: "2", need: "development" },
    ]);
    expect(find(nodes, "web")?.edges).toEqual([{ to: "3", need: "required", of: "fast" }]);
  });

  it("has every file with its checksum, and where packages come from", () => {
    expect(nodes[3]?.files).toEqual([
      {
        url: "https://files.example/num.tar.gz",
        checksums: [{ algorithm: "SHA-256", hex: sha }],
      },
      { url: "https://files.example/num.whl", checksums: [] },
    ]);
    expect(nodes[2]).toMatchObject({ registry: "https://index.example/simple" });
    expect(nodes[3]).not.toHaveProperty("registry");
    expect(nodes[4]).toMatchObject({
      origin: "git",
      address: "https://github.com/a/web",
      commit: "0123456789abcdef",
    });
  });
});

describe("pinned requirements", () => {
  const text = `# This file was autogenerated by uv
any_io==4.16.0 \\
    --hash=sha256:${sha} \\
    --hash=sha256:${sha}
    # via
    #   HTTPX
    #   -r requirements.in
httpx[http2]==0.28.1 ; python_version >= "3.9"
    # via -r requirements.in
idna==3.0
    # via any-io, -c limits.txt
`;

  it("say in their notes who asks for whom", () => {
    const graph = requirementsGraph(text, "development");
    expect(graph).toMatchObject({ told: true });
    expect(
      nodesOf(graph).map(({ name, edges }) => [name, edges.map(({ to, need }) => `${to} ${need}`)]),
    ).toEqual([
      [".", ["any-io==4.16.0 development", "httpx==0.28.1 development"]],
      ["any_io", ["idna==3.0 required"]],
      ["httpx", ["any-io==4.16.0 required"]],
      ["idna", []],
    ]);
    expect(find(nodesOf(graph), "any_io")?.files).toHaveLength(2);
  });

  it("without notes are all asked for, and nobody knows by whom", () => {
    const graph = requirementsGraph("a==1\nb==2\n", "required");
    expect(graph).toMatchObject({ told: false });
    expect(find(nodesOf(graph), ".")?.edges).toHaveLength(2);
  });
});
