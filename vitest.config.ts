import { defaultExclude, defineConfig } from "vitest/config";
import { CountReporter } from "./pipeline/test/count-reporter.ts";
import { LongestFirst } from "./pipeline/test/longest-first.ts";

export default defineConfig({
  test: {
    include: ["pipeline/**/*.test.ts", "scripts/**/*.test.ts"],
    exclude: [...defaultExclude, "**/.gantry/**"],
    // Bounds for what hangs, not for what is slow: the machine may be shared.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Much of what runs here waits for others: for applications to start, for programs to end.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    reporters: ["default", new CountReporter()],
    // A developer's own settings must not decide what a test sees.
    env: { TZ: "UTC", NO_COLOR: "1" },
  },
});
