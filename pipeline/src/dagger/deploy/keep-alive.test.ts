import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepAlive } from "./keep-alive.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("renews again and again, one after the other, and also after one that failed", async () => {
  let running = 0;
  let most = 0;
  let count = 0;
  const stop = keepAlive(async () => {
    running += 1;
    most = Math.max(most, running);
    count += 1;
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    running -= 1;
    if (count === 1) throw new Error("the engine hiccups");
  }, 10);
  await vi.advanceTimersByTimeAsync(61_000);
  expect([most, count]).toEqual([1, 4]);
  const stopped = stop();
  await vi.advanceTimersByTimeAsync(200_000);
  await stopped;
  expect(running).toBe(0);
});

it("renews nothing where the tests are quick, and nothing after its end", async () => {
  const keep = vi.fn(async () => undefined);
  const stop = keepAlive(keep);
  await vi.advanceTimersByTimeAsync(149_000);
  await stop();
  await vi.advanceTimersByTimeAsync(1_000_000);
  expect(keep).not.toHaveBeenCalled();
});
