import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { exists } from "../../src/host/exists.ts";
import { scratchFolder } from "../builders/repository.ts";
import { root } from "./scratch.ts";

/** What bash would offer after these words, by the script that `completion bash` prints. */
async function offered(...words: string[]): Promise<string[]> {
  const folder = await scratchFolder();
  await mkdir(join(folder, "bin"));
  await symlink(join(root, "scripts", "gantry"), join(folder, "bin", "gantry"));
  await writeFile(
    join(folder, "gantry.yaml"),
    "environments: { production: { provider: local }, try-out: { provider: local } }\n",
  );
  const program = `
    eval "$(gantry completion bash)"
    eval "$(gantry completion bash)"
    COMP_WORDS=(gantry "$@")
    COMP_CWORD=$#
    _gantry
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { PATH: `${join(folder, "bin")}:${process.env.PATH}` };
  const { stdout } = await execa("bash", ["-c", program, "bash", ...words], { cwd: folder, env });
  return stdout.split("\n");
}

describe("what bash completes", { timeout: 60_000 }, () => {
  test.each([
    [["upd"], ["update-dependencies"]],
    [["run", "u"], ["unit-tests"]],
    [
      ["ci", "--event", ""],
      ["push", "pull-request", "schedule", "manual"],
    ],
    [
      ["deploy", "--env", ""],
      ["production", "try-out"],
    ],
    [["promote", "--to", "t"], ["try-out"]],
    [
      ["secrets", ""],
      ["check", "scan", "help"],
    ],
    [["ci", "--fre"], ["--fresh"]],
  ])("%j", async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  test("what is being typed is not run", async () => {
    const marker = join(await scratchFolder(), "run");
    await offered("deploy", "--ref", `$(touch ${marker})`, "");
    expect(await exists(marker)).toBe(false);
  });

  test("zsh, fish and powershell get their scripts, other shells a word", async () => {
    const gantry = (shell: string) =>
      execa(join(root, "scripts", "gantry"), ["completion", shell], { reject: false });
    for (const shell of ["zsh", "fish", "powershell"]) {
      expect((await gantry(shell)).stdout).toContain("gantry complete");
    }
    const other = await gantry("csh");
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toContain("zsh, bash, fish, powershell");
  });
});
