import { fail, ok, type Result } from "../errors/problem.ts";

/**
 * Dagger reads a `.env` in or above the current folder and takes some of its entries as arguments
 * of a module's functions, silently, and runs a command on the host where a value says `cmd://`.
 * What the pipeline does must not hang on such a file.
 */
const words = (line: string): string[] => line.split(" ");
const checks = words("source repo plan event eventName ref base runId attempt config secrets");
const acts = words(
  "source repo secrets wait repository actor runUrl runId attempt config githubUrl railwayUrl",
);
const updates = words("source repo secrets dryRun repository runId attempt config githubUrl");

/** Every function of the module with what could be set; `healthCheck` only asks, wherever it is sent. */
const functions: Readonly<Record<string, readonly string[]>> = {
  ci: checks,
  run: checks,
  prChecks: checks,
  codeQuality: checks,
  unitTests: checks,
  integrationTests: checks,
  smokeTests: checks,
  security: checks,
  plan: checks,
  report: checks,
  verdict: ["run"],
  image: checks,
  app: checks,
  deploy: [...acts, "env", "ref", "again"],
  rollback: [...acts, "env", "to"],
  promote: [...acts, "from", "to"],
  release: [...acts, "dryRun", "pr", "branch", "component", "state"],
  comment: [...updates, "run", "event", "pr", "baseRun", "runUrl"],
  protect: [...updates, "apply", "branch"],
  secrets: [...updates, "present", "history"],
  updateDependencies: updates,
  proposeUpdates: updates,
  init: words("source repo repository module force"),
};

const entry = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=/gm;

/** The entries of a `.env` that would set an argument of ours, for a module by one of these names. */
export function interferingKeys(text: string, modules: readonly string[]): string[] {
  const prefixes = ["", ...modules];
  const taken = new Set(
    prefixes.flatMap((prefix) =>
      Object.entries(functions).flatMap(([name, its]) =>
        its.map((argument) => plain(prefix + name + argument)),
      ),
    ),
  );
  const named = [...text.matchAll(entry)].map((match) => match[1] as string);
  return named.filter((key) => taken.has(plain(key)));
}

/** Dagger takes `GANTRY_CI_RUN_ID`, `gantry_ci_runId` and more for the same. */
function plain(name: string): string {
  return name.replaceAll(/[_-]/g, "").toLowerCase();
}

/** Refuses to start where a `.env` would decide what runs. */
export function refuseDotenv(
  text: string,
  file: string,
  modules: readonly string[],
): Result<undefined> {
  const keys = interferingKeys(text, modules);
  if (keys.length === 0) return ok(undefined);
  return fail({
    code: "GANTRY-DOTENV-INTERFERES",
    file,
    message: `Dagger would take ${keys.map((key) => `\`${key}\``).join(", ")} for arguments of the pipeline`,
    mend: "give these variables other names, or move the file; say what you want on the command line",
  });
}
