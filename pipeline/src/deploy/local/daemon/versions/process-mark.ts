import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { ProcessMark } from "../../state.ts";

/** What tells a running process from a later one with the same number; nothing once it has ended. */
export function markOf(pid: number): ProcessMark | undefined {
  const began = process.platform === "linux" ? beganOnLinux(pid) : beganByPs(pid);
  return began === undefined ? undefined : { pid, began };
}

export function isRunning(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.began === mark.began;
}

/** Ticks since the machine started, and which start that was. */
function beganOnLinux(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name comes in brackets and may hold anything; fields are counted from its end.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const ended = fields[0] === "Z" || fields[0] === "X";
    return ended ? undefined : `${bootId()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

let boot: string | undefined;

function bootId(): string {
  boot ??= readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  return boot;
}

function beganByPs(pid: number): string | undefined {
  try {
    const args = ["-o", "stat=,lstart=", "-p", String(pid)];
    const text = execFileSync("ps", args, { encoding: "latin1" }).trim();
    return text === "" || text.startsWith("Z") ? undefined : text.replace(/^\S+\s+/, "");
  } catch {
    return undefined;
  }
}
