import { writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { joinWords } from "../../pipeline/src/config/words.ts";
import { readSource } from "../../pipeline/src/host/source.ts";
import { syncWorkspace } from "../../pipeline/src/host/workspace.ts";
import { type ExecStep, plan as planSchema } from "../../pipeline/src/plan/plan.ts";
import { commitAll, gantry, inScratch, median, type Row, repeat, root, timed } from "./measure.ts";

const repetitions = 5;
const atOnce = 2;
const limit = 1.05;
const words = ["--event", "push", "--branch", "main", "--skip", "smoke-tests"];

/**
 * The example's checks by Gantry, and by a shell script that says the same commands with the same
 * parallelism in a checkout where everything is installed; both warm, one after the other.
 */
export function overhead(): Promise<Row[]> {
  return inScratch(async (folder) => {
    const source = await readSource(join(root, "examples", "rose"));
    if (!source.ok) throw new Error(JSON.stringify(source.problems));
    await syncWorkspace(source.value, folder, new Set());
    await commitAll(folder);
    const ours = () => timed([gantry, "ci", "-C", folder, ...words], root);
    const script = await shellScript(folder);
    const theirs = () => timed(["sh", script], folder);
    if ((await ours()).exit !== 0) throw new Error("the example's checks are red");
    if ((await theirs()).exit !== 0) throw new Error("the shell script is red");

    const pairs = await repeatPairs(ours, theirs);
    const ratio = median(pairs.map(([a, b]) => a / b));
    const seconds = (which: 0 | 1): string => median(pairs.map((pair) => pair[which])).toFixed(1);
    return [
      {
        what: `the example's checks: Gantry (${seconds(0)} s) against a shell script (${seconds(1)} s)`,
        measured: `${ratio.toFixed(3)} times`,
        asked: `at most ${limit} times`,
        holds: ratio <= limit,
      },
    ];
  });
}

async function repeatPairs(
  ours: () => ReturnType<typeof timed>,
  theirs: () => ReturnType<typeof timed>,
): Promise<[number, number][]> {
  const pairs: [number, number][] = [];
  for (let index = 0; index < repetitions; index += 1) {
    const [a] = await repeat(1, ours);
    const [b] = await repeat(1, theirs);
    pairs.push([a?.seconds ?? 0, b?.seconds ?? 0]);
  }
  return pairs;
}

/** What somebody would write by hand: install, then each stage's commands, two at a time. */
async function shellScript(folder: string): Promise<string> {
  const planned = await execa(gantry, ["plan", "-C", folder, "--json", ...words]);
  const plan = planSchema.parse(JSON.parse(planned.stdout));
  const uv = join(root, ".gantry", "tools", `uv-${plan.toolchains.backend?.tools.uv}`, "bin");
  const lines = plan.stages
    .filter((stage) => stage.run && stage.kind === "check")
    .map((stage) => {
      const steps = stage.steps.filter((step): step is ExecStep => step.kind === "exec");
      const judging = steps.filter((step) => !step.early && step.secrets.length === 0);
      return `xargs -P ${atOnce} -I LINE sh -c LINE <<'END'\n${judging.map(commandLine).join("\n")}\nEND`;
    });
  const path = [uv, join(folder, ".venv", "bin"), "$PATH"].join(delimiter);
  const script = [
    "set -e",
    `export PATH="${path}" UV_CACHE_DIR="${join(root, ".gantry", "cache", "uv")}" UV_SYSTEM_CERTS=1`,
    'export npm_config_cache="$(pwd)/.npm" COVERAGE_FILE=/dev/null CI=true',
    "uv sync --locked --quiet",
    "[ -d frontend/node_modules ] || (cd frontend && npm ci --no-audit --no-fund)",
    ...lines,
  ].join("\n");
  const file = join(folder, ".git", "by-hand.sh");
  await writeFile(file, `${script}\n`);
  return file;
}

/** One command as a line for xargs, which takes quotes away once. */
function commandLine(step: ExecStep): string {
  const folder = `.git/reports/${step.id}`;
  const fill = (word: string): string => word.replaceAll("{reports}", `"$PWD"/${folder}`);
  const command = step.argv.map((word) =>
    word.includes("{reports}") ? fill(word) : joinWords([word]),
  );
  const inner = `R=$(pwd); mkdir -p ${folder}; cd ${step.directory} && ${command.join(" ").replaceAll('"$PWD"', "$R")}`;
  return `'${inner.replaceAll("'", "'\\''")}'`;
}
