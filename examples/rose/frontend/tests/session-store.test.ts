import { expect, test } from "vitest";
import { browserStore } from "../src/session-store.ts";

test("keeps the session while the tab is open", () => {
  const store = browserStore();
  expect(store.load()).toBeUndefined();
  store.save("abc");
  expect(browserStore().load()).toBe("abc");
  store.clear();
  expect(store.load()).toBeUndefined();
});

test("works without memory where the browser forbids it", () => {
  const store = browserStore(() => {
    throw new DOMException("denied", "SecurityError");
  });
  store.save("abc");
  store.clear();
  expect(store.load()).toBeUndefined();
});
