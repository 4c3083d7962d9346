import { hostname, userInfo } from "node:os";
import type { News, TestsEnd, TestTarget, World } from "../../deploy/procedure/world.ts";
import { newsLine } from "../../deploy/shown/news.ts";
import { createRedactor } from "../../execute/redact.ts";
import { makeGantryFolder } from "../../host/gantry-folder.ts";
import { fetchAnswer } from "../../host/probe.ts";
import { layOutVersion, versionFolder } from "../../host/version.ts";
import { openNetwork } from "../../network/network.ts";
import type { OpenEnvironment } from "./open-environment.ts";

export interface WorldRequest {
  readonly opened: OpenEnvironment;
  /** The repository's root. */
  readonly root: string;
  readonly runId: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Takes one line, already masked. */
  readonly say: (line: string, news: News) => void;
  readonly tests: ((target: TestTarget) => Promise<TestsEnd>) | undefined;
}

/** The real world of a deploy: this machine's clock, network and git. */
export function createWorld(request: WorldRequest): World {
  const { opened, root, runId, env, signal, say, tests } = request;
  const { now, sleep } = openNetwork();
  const redactor = createRedactor(opened.secrets);
  return {
    provider: opened.provider,
    writer: { store: opened.store, owner: ownerOf(runId, env), now },
    settings: opened.settings,
    // Not called off by a signal: an answer that is cut short would count as a bad one.
    ask: (base, expected) => fetchAnswer(base, expected, new AbortController().signal),
    sleep,
    files: async (commit) => layOutVersion(root, commit, await versionOf(root, commit)),
    tests,
    signal,
    tell: (news) => {
      const line = newsLine(news);
      if (line !== undefined) say(redactor.text(line), news);
    },
  };
}

export async function versionOf(root: string, commit: string): Promise<string> {
  return versionFolder(await makeGantryFolder(root), commit);
}

/** Who asked for it. */
export function actorOf({ GITHUB_ACTOR: actor }: NodeJS.ProcessEnv): string {
  return actor || userInfo().username;
}

/** A name that no other run has, and by which a person finds this one. */
function ownerOf(runId: string, env: NodeJS.ProcessEnv): string {
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return repository && run ? `${repository} run ${run} (${runId})` : `${hostname()} (${runId})`;
}
