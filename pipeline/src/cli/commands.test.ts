import { Command } from "commander";
import { expect, test } from "vitest";
import { commands } from "./commands.ts";

test.each(commands)("$words are the words of what is loaded for them", async ({ words, load }) => {
  const program = new Command();
  const terminal = { stdout: process.stdout, stderr: process.stderr, env: {}, cwd: "/" };
  for (const add of await load()) add(program, terminal, () => {});
  expect(program.commands.map((command) => command.name())).toEqual(words);
});
