import { expect, test } from "vitest";
import { createSlots } from "./slots.ts";

/** Work that goes on until it is told to end. */
function gate(): { readonly wait: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const wait = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { wait, open };
}

test("of those who wait, the lowest number goes first, equals in order", async () => {
  const slots = createSlots(1);
  const order: string[] = [];
  const first = gate();
  const all = [slots.use(5, () => first.wait)];
  for (const [priority, name] of [
    [3, "c"],
    [1, "a"],
    [3, "d"],
    [2, "b"],
  ] as const) {
    all.push(slots.use(priority, async () => void order.push(name)));
  }
  first.open();
  await Promise.all(all);
  expect(order).toEqual(["a", "b", "c", "d"]);
});

test("what throws gives its place back", async () => {
  const slots = createSlots(1);
  const failing = slots.use(0, () => Promise.reject(new Error("no")));
  const next = slots.use(0, async () => "ran");
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("ran");
});

test.each([0, -1])("%i slots are one", async (count) => {
  expect(await createSlots(count).use(0, async () => "ran")).toBe("ran");
});
