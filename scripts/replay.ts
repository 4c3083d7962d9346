import { parseArgs } from "node:util";
import { compare, prerelease } from "semver";
import { git } from "../pipeline/src/host/git.ts";
import { readReleaseHistory } from "../pipeline/src/host/release/release-history.ts";
import { makeReleasePlan } from "../pipeline/src/release/make-release-plan.ts";
import { releaseSettings } from "../pipeline/src/release/settings.ts";
import { versionTags } from "../pipeline/src/release/version/tags.ts";

/**
 * Plans every release of a repository again, tag by tag, as if it were due, and compares with the
 * version that its maintainers gave: `scripts/run replay REPO… [--zero-feature minor]`. A first
 * version is a setting, and so is compared with nothing. `--component NAME --path FOLDER` looks at
 * one part of a repository that has tags of its own.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "zero-feature": { type: "string", default: "patch" },
    "zero-breaking": { type: "string", default: "minor" },
    component: { type: "string" },
    path: { type: "string" },
  },
});
const settings = releaseSettings({
  zero: {
    feature: values["zero-feature"] === "minor" ? "minor" : "patch",
    breaking: values["zero-breaking"] === "major" ? "major" : "minor",
  },
});

const form = values.component === undefined ? {} : { component: values.component };

for (const directory of positionals) {
  const { same, others } = await replay(directory);
  console.log(`${directory}: ${same} of ${same + others.length} the same`);
  for (const line of others) console.log(`  ${line}`);
}

async function replay(directory: string): Promise<{ same: number; others: string[] }> {
  const tags = await stableTags(directory);
  const others: string[] = [];
  let same = 0;
  for (const tag of tags) {
    const without = tags.filter((other) => compare(other.version, tag.version) >= 0);
    const history = await readReleaseHistory({
      directory,
      at: tag.commit,
      form,
      ...(values.path !== undefined && { paths: [values.path] }),
      // Pre-releases are looked through: they were made on branches that nobody remembers.
      without: [...without.map(({ name }) => name), ...tags.preReleases],
    });
    if (!history.ok) throw new Error(JSON.stringify(history.problems));
    if (!history.value.previous) continue;
    const plan = makeReleasePlan({ history: history.value, settings });
    if (plan.version === tag.version) same++;
    else {
      const ours = plan.version ?? plan.reason;
      others.push(`${history.value.previous.version} → ${tag.version}; ours: ${ours}`);
    }
  }
  return { same, others };
}

async function stableTags(directory: string) {
  const format = "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)";
  const listed = await git(directory, ["for-each-ref", format, "refs/tags"]);
  if (!listed.ok) throw new Error(JSON.stringify(listed.problems));
  const lines = listed.value.split("\n").filter((line) => line !== "");
  const all = versionTags(
    lines.map((line) => {
      const [name = "", object = "", peeled = ""] = line.split("\0");
      return { name, commit: peeled || object };
    }),
    form,
  );
  const isPre = (tag: { version: string }): boolean => prerelease(tag.version) !== null;
  const stable = all.filter((tag) => !isPre(tag)).toReversed();
  return Object.assign(stable, { preReleases: all.filter(isPre).map(({ name }) => name) });
}
