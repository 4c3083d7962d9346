import { proveServing } from "../../deploy/procedure/prove-serving.ts";
import { meanings, type Verdict } from "../../deploy/verdict.ts";
import { ok, type Result } from "../../errors/problem.ts";
import type { Shown } from "../environment/ask.ts";
import type { OpenEnvironment } from "../environment/open.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import { runFolders } from "../run/run-folders.ts";
import { createRunStore } from "../run/run-store.ts";
import { onSignals, type Signals } from "../signals.ts";
import type { EnvironmentOptions } from "./options.ts";
import { stageOf } from "./run-deploy.ts";
import { testDeployed } from "./test-deployed.ts";
import { createWorld } from "./world.ts";

export interface VerifyRequest {
  readonly project: Project;
  readonly opened: OpenEnvironment;
  readonly options: EnvironmentOptions;
  readonly terminal: Terminal;
}

interface Verified {
  readonly verdict: Verdict;
  readonly why: readonly string[];
}

/** Asks what serves whether it is what the record says, and well; then the tests. Changes nothing. */
export async function verifyEnvironment(request: VerifyRequest): Promise<Result<Shown>> {
  const signals = onSignals();
  try {
    const { verdict, why } = await verify(request, signals);
    const { name } = request.opened.environment;
    const { means, mend, exit } = meanings[verdict];
    const words = verdict === "live" ? "serves as it should" : means;
    const lines = [
      `${exit === 0 ? "✓" : "✗"} ${verdict}: ${name} ${words}`,
      ...why.map((text) => `  ${text}`),
      ...(exit === 0 ? [] : [`  mend: ${mend}`]),
    ];
    const ended = signals.endedBy() === undefined ? exit : 130;
    return ok({ json: { environment: name, verdict, why }, text: lines.join("\n"), exit: ended });
  } finally {
    signals.stop();
  }
}

async function verify(request: VerifyRequest, signals: Signals): Promise<Verified> {
  const { project, opened, options, terminal } = request;
  const { id, folder } = await runFolders(project, {}, terminal);
  const quiet = options.quiet ?? false;
  const world = createWorld({
    opened,
    root: project.source.root,
    runId: id,
    env: terminal.env,
    signal: signals.signal,
    say: (line) => {
      if (!quiet) terminal.stderr.write(`${line}\n`);
    },
    tests: undefined,
  });
  const facts = { url: opened.settings.url, drift: [] };
  const proof = await proveServing(world, facts);
  const { serving, url } = proof;
  if (proof.verdict !== "live" || !serving) return proof;
  if (!opened.settings.tests) return { verdict: "live", why: [] };
  if (!serving.commit || !url) {
    return { verdict: "unproven", why: ["nobody knows its commit, and so its tests"] };
  }
  const tested = await testDeployed(
    {
      project,
      opened,
      stage: stageOf(project, opened, "verify"),
      runId: id,
      store: await createRunStore(folder, undefined),
      terminal,
      quiet,
      verbose: options.verbose ?? false,
      signal: signals.signal,
    },
    { url, commit: serving.commit, deployment: serving.id },
  );
  switch (tested.end.kind) {
    case "passed":
      return { verdict: "live", why: [] };
    case "failed":
      return { verdict: "tests-failed", why: [tested.end.why] };
    case "not-run":
      return { verdict: "unproven", why: [tested.end.why] };
  }
}
