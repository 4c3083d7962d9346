import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { probe } from "../host/probe.ts";
import type { ProbeSpec } from "./probe-spec.ts";

/** Asks a served application from a container beside it; answers the exit code. */
export async function probeFromContainer(text: string): Promise<number> {
  const spec = JSON.parse(text) as ProbeSpec;
  const write = async (line: string): Promise<void> => {
    process.stdout.write(line);
  };
  const end = await probe({
    step: spec,
    base: spec.base,
    signal: new AbortController().signal,
    output: write,
    gone: () => goneIn(spec.logs),
  });
  const log = await newestLog(spec.logs);
  if (log) await copyFile(log, join(spec.left, "application.log"));
  if (!end.ok) await write(`the application's last words:\n${await tailOf(log)}\n`);
  await writeFile(join(spec.left, "probe.json"), JSON.stringify(end));
  return end.ok ? 0 : 1;
}

async function goneIn(folder: string): Promise<string | undefined> {
  const start = await newestStart(folder);
  if (!start) return undefined;
  const exit = await readFile(join(start, "exit"), "utf8").catch(() => undefined);
  return exit === undefined ? undefined : `the container ended with exit code ${exit.trim()}`;
}

async function newestLog(folder: string): Promise<string | undefined> {
  const start = await newestStart(folder);
  const log = start && join(start, "log");
  return (
    log &&
    (await readFile(log).then(
      () => log,
      () => undefined,
    ))
  );
}

async function newestStart(folder: string): Promise<string | undefined> {
  const starts = await readdir(folder).catch(() => []);
  const newest = starts.sort().at(-1);
  return newest && join(folder, newest);
}

async function tailOf(log: string | undefined): Promise<string> {
  if (!log) return "(none: the image has no shell that could have kept them)";
  return (await readFile(log, "utf8")).slice(-8192);
}
