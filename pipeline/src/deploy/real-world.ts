import { createRedactor } from "../execute/redact/redact.ts";
import { fetchAnswer } from "../host/probe.ts";
import { layOutVersion } from "../host/version.ts";
import { openNetwork } from "../network/network.ts";
import type { OpenEnvironment } from "./opened.ts";
import type { News, World } from "./procedure/world.ts";
import { newsLine } from "./shown/news.ts";

export interface WorldRequest extends Pick<World, "tests" | "signal"> {
  readonly opened: OpenEnvironment;
  /** The repository's root. */
  readonly root: string;
  /** Where a version is laid out. */
  readonly folder: (commit: string) => Promise<string>;
  /** A name that no other run has, and by which a person finds this one. */
  readonly owner: string;
  /** Takes one line, already masked. */
  readonly say: (line: string, news: News) => void;
}

/** The real world of a deploy: the machine's clock, network and git. */
export function createRealWorld(request: WorldRequest): World {
  const { opened, root, folder, owner, signal, say, tests } = request;
  const { now, sleep } = openNetwork();
  const redactor = createRedactor(opened.secrets);
  return {
    provider: opened.provider,
    writer: { store: opened.store, owner, now },
    settings: opened.settings,
    // Not called off by a signal: an answer that is cut short would count as a bad one.
    ask: (base, expected) => fetchAnswer(base, expected, new AbortController().signal),
    sleep,
    files: async (commit) => layOutVersion(root, commit, await folder(commit)),
    tests,
    signal,
    tell: (news) => {
      const line = newsLine(news);
      if (line !== undefined) say(redactor.text(line), news);
    },
  };
}
