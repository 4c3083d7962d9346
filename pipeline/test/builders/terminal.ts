import { Writable } from "node:stream";
import { main } from "../../src/cli/main.ts";

export interface Said {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, and answers what it said. */
export async function say(
  argv: readonly string[],
  { cwd = "/", env = {} }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Said> {
  const said = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof said): NodeJS.WriteStream =>
    new Writable({
      write(chunk, _encoding, done) {
        said[name] += String(chunk);
        done();
      },
    }) as unknown as NodeJS.WriteStream;
  const exit = await main(argv, { stdout: stream("stdout"), stderr: stream("stderr"), env, cwd });
  return { exit, ...said };
}
