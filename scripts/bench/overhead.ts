import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { joinWords } from "../../pipeline/src/config/words.ts";
import { readSource } from "../../pipeline/src/host/source/source.ts";
import { syncWorkspace } from "../../pipeline/src/host/source/workspace.ts";
import { plan as planSchema } from "../../pipeline/src/plan/plan.ts";
import type { ExecStep, Step } from "../../pipeline/src/plan/step.ts";
import { commitAll, gantry, inScratch, median, type Row, repeat, root, timed } from "./measure.ts";

const repetitions = 7;
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
    const ci = [gantry, "ci", "-C", folder, ...words];
    const ours = () => timed([...ci, "--fresh"], root);
    const script = await shellScript(folder);
    const theirs = () => timed(["sh", script], folder);
    if ((await ours()).exit !== 0) throw new Error("the example's checks are red");
    if ((await theirs()).exit !== 0) throw new Error("the shell script is red");

    const pairs = await repeatPairs(ours, theirs);
    const ratio = median(pairs.map(([a, b]) => a / b));
    const seconds = (which: 0 | 1): string => median(pairs.map((pair) => pair[which])).toFixed(1);
    const again = await secondsOf(ci);
    await appendFile(join(folder, "src", "rose", "__init__.py"), "# A change in the server.\n");
    const [changed] = await repeat(1, () => timed(ci, root));
    const byHand = median(pairs.map((pair) => pair[1]));
    return [
      {
        what: `the example's checks: Gantry (${seconds(0)} s) against a shell script (${seconds(1)} s)`,
        measured: `${ratio.toFixed(3)} times`,
        asked: `at most ${limit} times`,
        holds: ratio <= limit,
      },
      faster("nothing changed since", again, byHand),
      faster("a line changed in the server", changed?.seconds ?? Number.NaN, byHand),
    ];
  });
}

async function secondsOf(argv: readonly string[]): Promise<number> {
  const runs = await repeat(repetitions, () => timed(argv, root));
  return median(runs.map(({ seconds }) => seconds));
}

function faster(what: string, seconds: number, byHand: number): Row {
  return {
    what: `the same again, ${what}, against the shell script (${byHand.toFixed(1)} s)`,
    measured: `${seconds.toFixed(1)} s (${(byHand / seconds).toFixed(1)} times as fast)`,
    asked: "faster",
    holds: seconds < byHand,
  };
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
  const parts = join(folder, ".git", "by-hand");
  await mkdir(parts);
  const lines: string[] = [];
  for (const stage of plan.stages.filter(({ run, kind }) => run && kind === "check")) {
    const files = await Promise.all(
      stage.steps.filter(judges).map(async (step, index) => {
        const file = join(parts, `${stage.id}-${index}.sh`);
        await writeFile(file, commandScript(step, join(parts, `${stage.id}-${index}`)));
        return file;
      }),
    );
    lines.push(`printf '%s\\n' ${files.join(" ")} | xargs -P ${atOnce} -n 1 sh -e`);
  }
  const uv = join(root, ".gantry", "tools", `uv-${plan.toolchains.backend?.tools.uv}`, "bin");
  const script = [
    "set -e",
    `export PATH="${[uv, join(folder, ".venv", "bin"), "$PATH"].join(delimiter)}"`,
    `export UV_CACHE_DIR="${join(root, ".gantry", "cache", "uv")}" UV_SYSTEM_CERTS=1 CI=true`,
    "uv sync --locked --quiet",
    "[ -d frontend/node_modules ] || (cd frontend && npm ci --no-audit --no-fund)",
    ...lines,
  ].join("\n");
  const file = join(parts, "all.sh");
  await writeFile(file, `${script}\n`);
  return file;
}

function judges(step: Step): step is ExecStep {
  return step.kind === "exec" && !step.early && step.secrets.length === 0;
}

function commandScript(step: ExecStep, reports: string): string {
  const command = step.argv.map((word) => word.replaceAll("{reports}", reports));
  return [
    `mkdir -p ${reports}`,
    `export COVERAGE_FILE=${reports}/.coverage`,
    `cd ${step.directory}`,
    joinWords(command),
    "",
  ].join("\n");
}
