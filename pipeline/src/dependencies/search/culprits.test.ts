import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attempt, findCulprits, type Search } from "./culprits.ts";

const names = Array.from({ length: 16 }, (_, at) => `p${String(at).padStart(2, "0")}`);
const green: Attempt = { verdict: "green", reason: "", suspects: [] };
const red: Attempt = { verdict: "red", reason: "the tests fail", suspects: [] };

function search(
  attempt: (updates: readonly string[]) => Attempt,
  more: Partial<Search> = {},
): Search & { readonly tried: (readonly string[])[] } {
  const tried: (readonly string[])[] = [];
  return {
    updates: names,
    group: (update) => update,
    most: 100,
    ...more,
    tried,
    attempt: async (updates) => {
      tried.push(updates);
      return attempt(updates);
    },
  };
}

function breaking(...culprits: string[]): (updates: readonly string[]) => Attempt {
  return (updates) => (culprits.some((one) => updates.includes(one)) ? red : green);
}

describe("what breaks the tests", () => {
  it("is nothing: one run", async () => {
    const found = await findCulprits(search(() => green));
    expect(found).toEqual({ through: names, leftOut: [], attempts: 1 });
  });

  it("is one of 16: at most 2 and one for each halving", async () => {
    for (const culprit of names) {
      const found = await findCulprits(search(breaking(culprit)));
      expect(found.leftOut.map(({ update, why }) => [update, why])).toEqual([[culprit, "breaks"]]);
      expect(found.through).toEqual(names.filter((name) => name !== culprit));
      expect(found.attempts).toBeLessThanOrEqual(2 + 2 * 4);
    }
  });

  it("is found whichever they are, and all that went through was tested together", async () => {
    const some = fc.subarray(names, { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(some, async (culprits) => {
        const asked = search(breaking(...culprits));
        const found = await findCulprits(asked);
        expect(found.leftOut.map(({ update }) => update)).toEqual(culprits);
        expect(asked.tried.map((set) => set.toSorted().join())).toContain(found.through.join());
      }),
    );
  });

  it("was there before: nobody is blamed, and nothing goes through", async () => {
    const found = await findCulprits(search(() => red));
    expect(found).toMatchObject({
      through: [],
      leftOut: [],
      attempts: 2,
      stopped: { why: "base" },
    });
  });

  it("is looked for among those that the failure points at", async () => {
    const suspects = names.slice(12);
    const found = await findCulprits(
      search((updates) => ({ ...breaking("p13")(updates), suspects })),
    );
    expect(found.leftOut.map(({ update }) => update)).toEqual(["p13"]);
    expect(found.attempts).toBeLessThanOrEqual(7);
  });

  it("parts a group only when nothing else is left", async () => {
    const group = (name: string) => (name < "p04" ? "first" : "rest");
    const asked = search(breaking("p00"), { group });
    await findCulprits(asked);
    expect(asked.tried[2]).toEqual(names.slice(0, 4));
  });

  it("is a pair that goes only together: a third culprit does not cost it its place", async () => {
    const attempt = (updates: readonly string[]) => {
      const one = updates.includes("p00") !== updates.includes("p15");
      return one || updates.includes("p07") ? red : green;
    };
    const found = await findCulprits(search(attempt));
    expect(found.leftOut.map(({ update }) => update)).toEqual(["p07"]);
  });

  it("is not said of what has no lock without another that goes through", async () => {
    const attempt = (updates: readonly string[]): Attempt => {
      if (updates.includes("p00") && !updates.includes("p15")) {
        return { verdict: "impossible", reason: "p00 needs p15", suspects: [] };
      }
      return breaking("p03")(updates);
    };
    const found = await findCulprits(search(attempt));
    expect(found.leftOut.map(({ update }) => update)).toEqual(["p03"]);
  });

  it("is not said of what could not be tried any more", async () => {
    const found = await findCulprits(search(breaking("p00", "p15"), { most: 4 }));
    expect(found.attempts).toBe(4);
    expect(found.leftOut.length + found.through.length).toBe(names.length);
    expect(new Set(found.leftOut.map(({ why }) => why))).toEqual(new Set(["untried"]));
  });

  it("is not known where the world fails in the middle", async () => {
    let count = 0;
    const found = await findCulprits(
      search((updates) => {
        count += 1;
        return count === 4
          ? { verdict: "unknown", reason: "no network", suspects: [] }
          : breaking("p00")(updates);
      }),
    );
    expect(found).toMatchObject({ through: [], leftOut: [], stopped: { why: "world" } });
  });
});
