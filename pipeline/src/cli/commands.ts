import type { Command } from "commander";
import type { Terminal } from "./main.ts";

type Add = (program: Command, terminal: Terminal, finish: (code: number) => void) => void;

interface Entry {
  readonly words: readonly string[];
  readonly load: () => Promise<readonly Add[]>;
}

/** In the order in which `--help` shows them. */
export const commands: readonly Entry[] = [
  { words: ["ci", "run"], load: async () => [(await import("./commands/ci.ts")).addCi] },
  { words: ["plan"], load: async () => [(await import("./commands/plan.ts")).addPlan] },
  {
    words: ["deliver", "deploy"],
    load: async () => {
      const { addDeliver, addDeploy } = await import("./commands/deploy.ts");
      return [addDeliver, addDeploy];
    },
  },
  { words: ["verify"], load: async () => [(await import("./commands/verify.ts")).addVerify] },
  { words: ["rollback"], load: async () => [(await import("./commands/rollback.ts")).addRollback] },
  { words: ["promote"], load: async () => [(await import("./commands/promote.ts")).addPromote] },
  {
    words: ["status", "history", "logs", "unlock"],
    load: async () => [(await import("./commands/environment.ts")).addEnvironment],
  },
  { words: ["down"], load: async () => [(await import("./commands/down.ts")).addDown] },
  { words: ["release"], load: async () => [(await import("./commands/release.ts")).addRelease] },
  {
    words: ["pr-checks"],
    load: async () => [(await import("./commands/pr-checks.ts")).addPrChecks],
  },
  { words: ["comment"], load: async () => [(await import("./commands/comment.ts")).addComment] },
  { words: ["protect"], load: async () => [(await import("./commands/protect.ts")).addProtect] },
  {
    words: ["update-dependencies"],
    load: async () => [(await import("./commands/update-dependencies.ts")).addUpdateDependencies],
  },
  { words: ["secrets"], load: async () => [(await import("./commands/secrets.ts")).addSecrets] },
  { words: ["init"], load: async () => [(await import("./commands/init.ts")).addInit] },
  { words: ["migrate"], load: async () => [(await import("./commands/migrate.ts")).addMigrate] },
  { words: ["report"], load: async () => [(await import("./commands/report.ts")).addReport] },
  {
    words: ["reproduce"],
    load: async () => [(await import("./commands/reproduce.ts")).addReproduce],
  },
  {
    words: ["dashboard"],
    load: async () => [(await import("./commands/dashboard.ts")).addDashboard],
  },
  { words: ["doctor"], load: async () => [(await import("./commands/doctor.ts")).addDoctor] },
  {
    words: ["completion", "complete"],
    load: async () => [(await import("./commands/completion.ts")).addCompletion],
  },
];

/**
 * The one command that is asked for, so that it answers at once; all where none is, for the help, and
 * for the words that a shell completes.
 */
export async function addCommands(
  argv: readonly string[],
  ...scope: Parameters<Add>
): Promise<void> {
  const [word = ""] = argv;
  if (word === "--version" || word === "-V") return;
  const all = word === "completion" || word === "complete";
  const asked = commands.filter(({ words }) => !all && words.includes(word));
  for (const { load } of asked.length > 0 ? asked : commands) {
    for (const add of await load()) add(...scope);
  }
}
