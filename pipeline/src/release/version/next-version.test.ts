import fc from "fast-check";
import { gte } from "semver";
import { expect, test } from "vitest";
import type { VersionTag } from "../history.ts";
import { type Level, releaseSettings } from "../settings.ts";
import { nextVersion } from "./next-version.ts";

const tag = (version: string): VersionTag => ({ name: `v${version}`, version, commit: "c" });
const settings = releaseSettings({ channels: { beta: "beta", next: "rc" } });

test.each([
  ["1.2.3", "patch", "1.2.4"],
  ["1.2.3", "minor", "1.3.0"],
  ["1.2.3", "major", "2.0.0"],
  ["0.2.3", "patch", "0.2.4"],
  ["0.2.3", "minor", "0.2.4"],
  ["0.2.3", "major", "0.3.0"],
] as const)("%s and %s: %s", (previous, level, version) => {
  expect(nextVersion({ previous: tag(previous), taken: [] }, level, settings)?.version).toBe(
    version,
  );
});

test("below 1.0.0 as the config says", () => {
  const zero = releaseSettings({ zero: { breaking: "major", feature: "minor" } });
  const previous = tag("0.2.3");
  expect(nextVersion({ previous, taken: [] }, "major", zero)?.version).toBe("1.0.0");
  expect(nextVersion({ previous, taken: [] }, "minor", zero)?.version).toBe("0.3.0");
});

test("the first version is the config's, and no lower than what was tried before", () => {
  const first = { ...settings, first: "0.1.0" };
  expect(nextVersion({ taken: [] }, undefined, first)?.version).toBe("0.1.0");
  expect(
    nextVersion({ previousOfChannel: tag("2.0.0-beta.3"), taken: [] }, "minor", first)?.version,
  ).toBe("2.0.0");
});

test("a branch of a channel makes pre-releases of the version to come", () => {
  const previous = tag("1.2.3");
  const at = (level: Level, taken: string[] = []): string | undefined =>
    nextVersion({ branch: "beta", previous, taken: taken.map(tag) }, level, settings)?.version;
  expect(at("minor")).toBe("1.3.0-beta.1");
  expect(at("minor", ["1.3.0-beta.1", "1.3.0-beta.2", "1.3.0-rc.7"])).toBe("1.3.0-beta.3");
  // A breaking change came in meanwhile.
  expect(at("major", ["1.3.0-beta.1"])).toBe("2.0.0-beta.1");
});

test("the stable branch gives the pre-releases' version without their name", () => {
  const tags = { branch: "main", previous: tag("1.2.3"), previousOfChannel: tag("2.0.0-rc.4") };
  expect(nextVersion({ ...tags, taken: [] }, "minor", settings)?.version).toBe("2.0.0");
});

test("a branch named like a property of every object is no channel", () => {
  const tags = { branch: "constructor", previous: tag("1.0.0"), taken: [] };
  expect(nextVersion(tags, "patch", settings)?.version).toBe("1.0.1");
});

test("the version never goes down", () => {
  const number = fc.nat({ max: 30 });
  const cores = fc.tuple(number, number, number).map((parts) => parts.join("."));
  fc.assert(
    fc.property(
      fc.option(cores, { nil: undefined }),
      fc.option(fc.tuple(cores, number), { nil: undefined }),
      fc.constantFrom<Level>("major", "minor", "patch"),
      fc.constantFrom("main", "beta"),
      (previous, pre, level, branch) => {
        const previousOfChannel = pre && tag(`${pre[0]}-beta.${pre[1]}`);
        const held = [previous === undefined ? undefined : tag(previous), previousOfChannel].filter(
          (each) => each !== undefined,
        );
        const next = nextVersion(
          {
            branch,
            ...(previous !== undefined && { previous: tag(previous) }),
            // One that lies below the last version is not looked at.
            ...(previousOfChannel &&
              (previous === undefined || gte(previousOfChannel.version, previous)) && {
                previousOfChannel,
              }),
            taken: held,
          },
          level,
          settings,
        );
        for (const { version } of previous === undefined ? held : held.slice(0, 1)) {
          expect(gte(next?.version ?? "0.0.0", version)).toBe(true);
        }
        expect(held.map(({ version }) => version)).not.toContain(next?.version);
      },
    ),
  );
});
