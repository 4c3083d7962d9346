import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { billLock, billRequest, lockNode } from "../../../test/builders/bill.ts";
import type { LockNode, Need } from "../../dependencies/locks/lock-graph.ts";
import { productRef } from "./bill.ts";
import { cyclonedx } from "./cyclonedx.ts";
import { makeBill } from "./make-bill.ts";
import { spdx } from "./spdx.ts";

const root = { own: ".", origin: "path" } as const;

describe("what packages are needed for", () => {
  const nodes = [
    lockNode(
      "me",
      [
        { to: "a", need: "required", extras: ["fast"] },
        { to: "x", need: "optional", of: "more" },
        { to: "t", need: "development" },
      ],
      root,
    ),
    lockNode("a", [
      { to: "f", need: "required", of: "fast" },
      { to: "s", need: "required", of: "slow" },
      { to: "o", need: "optional" },
    ]),
    lockNode("f"),
    lockNode("s"),
    lockNode("o", [{ to: "p", need: "required" }]),
    lockNode("p"),
    lockNode("x"),
    lockNode("t", [
      { to: "p", need: "required" },
      { to: "u", need: "optional" },
    ]),
    lockNode("u"),
  ];

  it("is the strongest need; an extra counts where somebody asks for it", () => {
    const { items } = makeBill(billRequest([billLock(nodes)]));
    const needs = items
      .filter(({ kind }) => kind === "package")
      .map(({ name, need }) => [name, need]);
    expect(Object.fromEntries(needs)).toEqual({
      a: "required",
      f: "required",
      o: "optional",
      p: "optional",
      s: undefined,
      t: "development",
      u: "development",
      x: "optional",
    });
  });
});

describe("a workspace", () => {
  const nodes = [
    lockNode("root", [{ to: "lint", need: "development" }], root),
    lockNode("api", [{ to: "lib", need: "required" }], { own: "services/api", origin: "path" }),
    lockNode(
      "lib",
      [
        { to: "a", need: "required" },
        { to: "lint", need: "development" },
      ],
      { own: "lib", origin: "path" },
    ),
    lockNode("web", [{ to: "b", need: "required" }], { own: "web", origin: "path" }),
    lockNode("a"),
    lockNode("b"),
    lockNode("lint"),
  ];
  const components = [
    { name: "api", path: "services/api" },
    { name: "web", path: "web" },
  ];
  const lock = billLock(nodes, { site: { components: ["api", "web"] } });

  it("as a whole has everything, its own packages below the product", () => {
    const { items, edges } = makeBill(billRequest([lock], { components }));
    expect(items.map(({ ref }) => ref)).toEqual([
      "component:api",
      "component:web",
      "own:npm:.",
      "own:npm:lib",
      "pkg:npm/a@1.0.0",
      "pkg:npm/b@1.0.0",
      "pkg:npm/lint@1.0.0",
    ]);
    const below = edges.filter(({ from }) => from === productRef).map(({ to }) => to);
    expect(below).toEqual(["component:api", "component:web", "own:npm:."]);
  });

  it("as one component has only what that one comes to", () => {
    const only = components.slice(0, 1);
    const { items, edges } = makeBill(billRequest([lock], { components: only, whole: false }));
    expect(items.map(({ ref }) => ref)).toEqual([
      "component:api",
      "own:npm:lib",
      "pkg:npm/a@1.0.0",
    ]);
    expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
      "component:api own:npm:lib",
      "own:npm:lib pkg:npm/a@1.0.0",
      "product component:api",
    ]);
  });

  it("has a component without a package of its own lean on the one above it", () => {
    const deep = [{ name: "page", path: "web/page" }];
    const own = { ...lock, site: { ...lock.site, components: ["page"] } };
    const { edges } = makeBill(billRequest([own], { components: deep, whole: false }));
    expect(edges).toContainEqual({ from: "component:page", to: "own:npm:web", need: "required" });
  });
});

it("names what has no lock, and why", () => {
  const missing = [{ component: "web", why: "it has no package-lock.json" }];
  const { items } = makeBill(billRequest([], { missing }));
  expect(items).toMatchObject([{ ref: "component:web", told: false, missing: missing[0]?.why }]);
});

const need = fc.constantFrom<Need>("required", "optional", "development");
const graph = fc.integer({ min: 1, max: 12 }).chain((size) => {
  const id = fc.integer({ min: 0, max: size - 1 }).map(String);
  const edges = fc.array(fc.record({ to: id, need }), { maxLength: 4 });
  // Few names and versions, so that the same package stands in several places.
  const node = fc.record({
    edges,
    name: fc.constantFrom("a", "@s/b", "C"),
    version: fc.constantFrom("1", "2"),
  });
  return fc
    .array(node, { minLength: size, maxLength: size })
    .map((nodes) =>
      nodes.map(
        ({ edges, ...more }, index): LockNode =>
          lockNode(String(index), edges, { ...more, ...(index === 0 && root) }),
      ),
    );
});

describe("of any lock", () => {
  it("the bill has each package once, under refs that are its own, in a closed graph", () => {
    fc.assert(
      fc.property(graph, (nodes) => {
        const { items, edges } = makeBill(billRequest([billLock(nodes)]));
        const refs = items.map(({ ref }) => ref);
        expect(new Set(refs).size).toBe(refs.length);
        const listed = items.filter(({ kind }) => kind === "package");
        const locked = new Set(nodes.slice(1).map(({ name, version }) => `${name}@${version}`));
        expect(listed.map(({ name, version }) => `${name}@${version}`).toSorted()).toEqual(
          [...locked].toSorted(),
        );
        const known = new Set([...refs, productRef]);
        expect(edges.every(({ from, to }) => known.has(from) && known.has(to))).toBe(true);
      }),
    );
  });

  it("the order of its packages changes no byte", () => {
    const orders = graph.chain((nodes) =>
      fc.tuple(fc.constant(nodes), fc.shuffledSubarray(nodes, { minLength: nodes.length })),
    );
    fc.assert(
      fc.property(orders, ([nodes, shuffled]) => {
        const [one, other] = [nodes, shuffled].map((some) =>
          makeBill(billRequest([billLock(some)])),
        );
        if (!one || !other) throw new Error("there are two");
        expect(cyclonedx(other)).toBe(cyclonedx(one));
        expect(spdx(other)).toBe(spdx(one));
      }),
    );
  });
});
