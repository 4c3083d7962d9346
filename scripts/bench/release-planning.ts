import { join } from "node:path";
import { execa } from "execa";
import { gantry, inScratch, median, type Row, repeat, root, timed } from "./measure.ts";

const commits = 10_000;
const tags = 500;
const types = ["feat", "fix", "chore", "docs", "refactor", "test", "perf", "ci"];
const rounds = 5;

/**
 * Planning the next version on 10,000 commits and 500 tags, beside semantic-release (npm) and
 * git-cliff (PyPI), each installed outside the repository; and on a tenth of the history.
 */
export function releasePlanning(): Promise<Row[]> {
  return inScratch(async (folder) => {
    const [large, small] = [join(folder, "large"), join(folder, "small")];
    await history(large, commits);
    await history(small, commits / 10);
    const tools = await install(folder);
    const own = (directory: string) => [gantry, "release", "--dry-run", "--json", "-C", directory];
    const seconds = async (argv: readonly string[], cwd: string): Promise<number> => {
      await timed(argv, cwd);
      const runs = await repeat(rounds, () => timed(argv, cwd));
      if (runs.some(({ exit }) => exit !== 0)) throw new Error(`${argv.join(" ")} failed`);
      return median(runs.map((run) => run.seconds));
    };
    const ours = await seconds(own(large), root);
    const tenth = await seconds(own(small), root);
    const theirs = await seconds(tools.semanticRelease, large);
    const cliff = await seconds(tools.gitCliff, large);
    const what = `planning a release on ${commits.toLocaleString("en")} commits and ${tags} tags`;
    return [
      row(what, "semantic-release", { ours, other: theirs, least: 10 }),
      row(what, "git-cliff", { ours, other: cliff, least: 1 }),
      {
        what: "the same on a history ten times as long, with as many commits since the last tag",
        measured: `${tenth.toFixed(2)} s → ${ours.toFixed(2)} s`,
        asked: "at most 1.5 times",
        holds: ours <= tenth * 1.5,
      },
    ];
  });
}

function row(
  what: string,
  than: string,
  { ours, other, least }: { ours: number; other: number; least: number },
): Row {
  const times = other / ours;
  return {
    what: `${what}, beside ${than}`,
    measured: `${ours.toFixed(2)} s, ${than} ${other.toFixed(2)} s (${times.toFixed(1)} times)`,
    asked: least === 1 ? "no slower" : `${least} times faster`,
    holds: times >= least,
  };
}

/** One import instead of thousands of processes; the remote is what semantic-release asks for. */
async function history(folder: string, count: number): Promise<void> {
  await execa("git", ["init", "--quiet", "--initial-branch=master", folder]);
  await execa("git", ["fast-import", "--quiet"], { cwd: folder, input: stream(count) });
  await execa("git", ["reset", "--quiet", "--hard"], { cwd: folder });
  await execa("git", ["clone", "--quiet", "--bare", folder, `${folder}.git`]);
  await execa("git", ["remote", "add", "origin", `file://${folder}.git`], { cwd: folder });
}

function stream(count: number): string {
  const every = commits / tags;
  const lines = ["reset refs/heads/master"];
  for (let at = 1; at <= count; at += 1) {
    const type = types[at % types.length];
    const message = `${type}(part-${at % 5}): change number ${at}\n\nWhy it was made.\n\nRefs: #${at}\n`;
    const who = `A${at % 17} <a${at % 17}@example.com> ${1_600_000_000 + at * 600} +0000`;
    lines.push("commit refs/heads/master", `mark :${at}`, `committer ${who}`);
    lines.push(`data ${message.length}`, message);
    lines.push(`M 100644 inline f${at % 50}.txt`, `data ${String(at).length}`, String(at), "");
    // The last stretch is what is to be released.
    if (at % every === 0 && at < count) {
      lines.push(`reset refs/tags/v1.${at / every}.0`, `from :${at}`, "");
    }
  }
  return lines.join("\n");
}

async function install(folder: string) {
  await execa("npm", [
    "install",
    "--no-audit",
    "--no-fund",
    "--prefix",
    folder,
    "semantic-release@25",
  ]);
  await execa("uv", [
    "pip",
    "install",
    "--target",
    join(folder, "cliff"),
    "git-cliff==2.14.2",
  ]).catch(() => execa("pip", ["install", "--target", join(folder, "cliff"), "git-cliff==2.14.2"]));
  const plugins = [
    "@semantic-release/commit-analyzer",
    "@semantic-release/release-notes-generator",
  ];
  const program = join(folder, "node_modules", "semantic-release", "bin", "semantic-release.js");
  const words = ["--dry-run", "--no-ci", "--branches", "master", "--plugins", plugins.join(",")];
  return {
    semanticRelease: [join(root, "node_modules", "node", "bin", "node"), program, ...words],
    gitCliff: [join(folder, "cliff", "bin", "git-cliff"), "--unreleased", "--bump", "--context"],
  };
}
