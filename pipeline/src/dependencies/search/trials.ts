import type { FileContent } from "../report/report.ts";
import type { Candidate, UpdateRequest } from "./candidates.ts";
import type { Checks } from "./checks.ts";
import type { Attempt } from "./culprits.ts";
import { keyOf, lockOfKey, suspectsOf } from "./keys.ts";
import type { Locked, UpdatePorts } from "./ports.ts";
import { mayMoveAll, stuckIn, whyUnfit } from "./unfit.ts";

export interface Trials {
  /** Locks with just these updates, and the checks on them. */
  readonly attempt: (keys: readonly string[]) => Promise<Attempt>;
  /** A lock's new content, where these updates change it. */
  readonly textOf: (candidate: Candidate, keys: readonly string[]) => Promise<string | undefined>;
}

export interface TrialsRequest {
  readonly candidates: readonly Candidate[];
  readonly request: UpdateRequest;
  readonly lock: UpdatePorts["lock"];
  readonly checks: Checks;
}

export function createTrials({ candidates, request, lock, checks }: TrialsRequest): Trials {
  const lockFor = createLocks(request, lock);

  /** One lock with just these updates, or why there is none. */
  const made = async (one: Candidate, keys: readonly string[]): Promise<string | Attempt> => {
    const found = await lockFor(one, keys);
    const why = found.kind === "locked" ? whyUnfit(one, found.text, request) : found.reason;
    if (found.kind !== "locked" || why !== undefined) {
      const suspects = keys.filter((key) => lockOfKey(key) === one.site.lock);
      const verdict = found.kind === "world" ? "unknown" : "impossible";
      return { verdict, reason: why ?? "", suspects };
    }
    const stuck = stuckIn(one, found.text, keys);
    if (stuck.length === 0) return found.text;
    const reason = "it moves only together with another, which stays";
    return { verdict: "impossible", reason, suspects: stuck };
  };

  return {
    async attempt(keys) {
      const files: FileContent[] = [];
      for (const one of candidates) {
        const text = await made(one, keys);
        if (typeof text !== "string") return text;
        if (text !== one.text) files.push({ path: one.site.lock, content: text });
      }
      const { verdict, reason, components } = await checks.of(files, keys);
      const sites = candidates.map(({ site }) => site);
      return { verdict, reason, suspects: suspectsOf(components, sites, keys) };
    },
    async textOf(candidate, keys) {
      const found = await lockFor(candidate, keys);
      return found.kind === "locked" && found.text !== candidate.text ? found.text : undefined;
    },
  };
}

/** A lock with some updates; each set of them is asked for once. */
function createLocks(request: UpdateRequest, lock: UpdatePorts["lock"]) {
  const known = new Map<string, Promise<Locked>>();
  return (one: Candidate, keys: readonly string[]): Promise<Locked> => {
    const wanted = one.names.filter((name) => keys.includes(keyOf(one.site, name)));
    if (wanted.length === 0) return Promise.resolve({ kind: "locked", text: one.text });
    const all = wanted.length === one.names.length && mayMoveAll(one, request);
    if (all) return Promise.resolve({ kind: "locked", text: one.whole });
    const key = [one.site.lock, ...wanted].join("\n");
    const files = [{ path: one.site.lock, content: one.text }];
    const found = known.get(key) ?? lock(one.site, files, wanted);
    known.set(key, found);
    return found;
  };
}
