import { parseArgs } from "node:util";
import { compare, prerelease } from "semver";
import { shownRelease } from "../pipeline/src/config/infer/release/root-files.ts";
import { readReleaseHistory } from "../pipeline/src/host/release/release-history.ts";
import { type RepositoryFacts, readRepository } from "../pipeline/src/host/release/repository.ts";
import { committedFiles } from "../pipeline/src/host/release/root-files.ts";
import { makeReleasePlan } from "../pipeline/src/release/make-release-plan.ts";
import { releaseSettings } from "../pipeline/src/release/settings.ts";
import { versionTags } from "../pipeline/src/release/version/tags.ts";

/**
 * Plans every release of a repository again, tag by tag, as if it were due, and compares with the
 * version that its maintainers gave: `scripts/run replay REPO… [--zero-feature minor]`. A first
 * version is a setting, and so is compared with nothing. Settings are what the repository's own
 * release tool was set to at that very commit; `--defaults` leaves them out, and `--zero-…` sets
 * others. `--component NAME --path FOLDER` looks at one part of a repository that has tags of its own.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    defaults: { type: "boolean", default: false },
    "zero-feature": { type: "string" },
    "zero-breaking": { type: "string" },
    component: { type: "string" },
    path: { type: "string" },
  },
});
const { defaults, "zero-feature": feature, "zero-breaking": breaking } = values;
const zero = {
  ...(feature !== undefined && ({ feature: feature === "minor" ? "minor" : "patch" } as const)),
  ...(breaking !== undefined && ({ breaking: breaking === "major" ? "major" : "minor" } as const)),
};
const isSet = defaults || feature !== undefined || breaking !== undefined;

const form = values.component === undefined ? {} : { component: values.component };

for (const directory of positionals) {
  const { same, others } = await replay(directory);
  console.log(`${directory}: ${same} of ${same + others.length} the same`);
  for (const line of others) console.log(`  ${line}`);
}

async function replay(directory: string): Promise<{ same: number; others: string[] }> {
  const facts = await readRepository(directory);
  if (!facts.ok) throw new Error(JSON.stringify(facts.problems));
  const tags = stableTags(facts.value);
  const others: string[] = [];
  let same = 0;
  for (const tag of tags) {
    const without = tags.filter((other) => compare(other.version, tag.version) >= 0);
    const history = await readReleaseHistory({
      directory,
      facts: facts.value,
      at: tag.commit,
      form,
      ...(values.path !== undefined && { paths: [values.path] }),
      // Pre-releases are looked through: they were made on branches that nobody remembers.
      without: [...without.map(({ name }) => name), ...tags.preReleases],
    });
    if (!history.ok) throw new Error(JSON.stringify(history.problems));
    if (!history.value.previous) continue;
    const shown = isSet ? undefined : await shownRelease(committedFiles(directory, tag.commit));
    const settings = releaseSettings(isSet ? { zero } : undefined, shown);
    const plan = makeReleasePlan({ history: history.value, settings });
    if (plan.version === tag.version) same++;
    else {
      const ours = plan.version ?? plan.reason;
      others.push(`${history.value.previous.version} → ${tag.version}; ours: ${ours}`);
    }
  }
  return { same, others };
}

function stableTags(facts: RepositoryFacts) {
  const all = versionTags(facts.tags, form);
  const isPre = (tag: { version: string }): boolean => prerelease(tag.version) !== null;
  const stable = all.filter((tag) => !isPre(tag)).toReversed();
  return Object.assign(stable, { preReleases: all.filter(isPre).map(({ name }) => name) });
}
