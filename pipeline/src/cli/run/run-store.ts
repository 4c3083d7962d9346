import { mkdir, open, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { logPath } from "../../execute/output.ts";
import type { Run, StepRun } from "../../execute/run.ts";
import { reportFiles } from "../../report/files.ts";

/** A run's folder: its logs while it goes, its reports at the end. */
export interface RunStore {
  readonly folder: string;
  readonly log: (stage: string, step: string, text: string) => Promise<void>;
  readonly save: (run: Run) => Promise<void>;
}

export async function createRunStore(
  folder: string,
  latest: string | undefined,
): Promise<RunStore> {
  await mkdir(join(folder, "logs"), { recursive: true });
  if (latest) await pointLatest(folder, latest);
  const logs = new Map<string, Promise<Awaited<ReturnType<typeof open>>>>();
  return {
    folder,
    async log(stage, step, text) {
      const path = join(folder, logPath(stage, step));
      const file =
        logs.get(path) ?? mkdir(dirname(path), { recursive: true }).then(() => open(path, "a"));
      logs.set(path, file);
      await (await file).write(text);
    },
    async save(run) {
      await Promise.all([...logs.values()].map(async (file) => (await file).close()));
      await saveReports(folder, run);
    },
  };
}

/** How long things took in an earlier run; nothing where there is none. */
export interface EarlierTimes {
  readonly stages: Readonly<Record<string, number>>;
  readonly step: (stage: string, step: string) => number | undefined;
}

export async function earlierTimes(folder: string): Promise<EarlierTimes> {
  const text = await readFile(join(folder, "run.json"), "utf8").catch(() => "{}");
  const stages = ranStages(text);
  const steps = new Map(
    stages.flatMap(({ id, steps: ran }) =>
      ran.filter(wasRun).map((step) => [`${id} ${step.id}`, step.seconds]),
    ),
  );
  return {
    stages: Object.fromEntries(stages.map(({ id, seconds }) => [id, seconds])),
    step: (stage, step) => steps.get(`${stage} ${step}`),
  };
}

function ranStages(text: string): Run["stages"] {
  try {
    const { stages = [] } = JSON.parse(text) as Partial<Run>;
    return stages.filter(({ outcome, steps }) => outcome !== "skipped" && steps.some(wasRun));
  } catch {
    return [];
  }
}

/** What stood from an earlier run says nothing about how long it takes. */
function wasRun({ receipt }: StepRun): boolean {
  return receipt === undefined;
}

export async function pointLatest(folder: string, latest: string): Promise<void> {
  const link = `${latest}.${process.pid}`;
  await rm(link, { force: true });
  await symlink(folder, link);
  await rename(link, latest).catch(() => rm(link, { force: true }));
}

async function saveReports(folder: string, run: Run): Promise<void> {
  const files = reportFiles(run, await readLogs(folder, run));
  await Promise.all(files.map(([name, text]) => writeFile(join(folder, name), text)));
}

const shownLogBytes = 200 * 1024;

/** The end of every log, for the HTML report. */
async function readLogs(folder: string, run: Run): Promise<Map<string, string>> {
  const logs = new Map<string, string>();
  for (const { log } of run.stages.flatMap((stage) => stage.steps)) {
    if (log) logs.set(log, await readEnd(join(folder, log)));
  }
  return logs;
}

async function readEnd(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (!file) return "";
  try {
    const { size } = await file.stat();
    if (size <= shownLogBytes) return await readFile(path, "utf8");
    const buffer = Buffer.alloc(shownLogBytes);
    await file.read(buffer, 0, shownLogBytes, size - shownLogBytes);
    return `… ${size - shownLogBytes} bytes before this are in ${path}\n${buffer.toString("utf8")}`;
  } finally {
    await file.close();
  }
}
