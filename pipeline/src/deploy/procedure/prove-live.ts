import type { WantedIdentity } from "../prove/identity.ts";
import { type Proof, prove } from "../prove/prove.ts";
import type { Sample } from "../prove/sample.ts";
import { isServing, isSettled } from "../provider.ts";
import { namesOf } from "../records/served.ts";
import type { Context } from "./context.ts";
import { failed, interrupted, type Move, pause, record } from "./move.ts";
import type { TestsEnd, TestTarget } from "./world.ts";

/** It serves: whether it is the right one, and well, only asking shows. */
export async function proveNew(context: Context, id: string): Promise<Move> {
  const proof = await proveVersion(context, wantedNew(context, id));
  return proof.kind === "proven" ? record({ event: "healthy", id }) : unproven(proof, id);
}

/** Then the tests, and one more look: it may have ended while they ran. */
export async function testNew(context: Context, id: string): Promise<Move> {
  const { world } = context;
  if (world.settings.tests) {
    const target = await targetOf(context, id);
    if (target && !world.tests) return { kind: "wants-tests", target };
    const ended = await runTests(context, target);
    if (world.signal.aborted) return interrupted;
    if (ended.kind === "failed") {
      return failed("tests-failed", { id, wasLive: true, why: ended.why });
    }
    if (ended.kind === "not-run") {
      const draft = { event: "ended", verdict: "unproven", rollback: "not-needed", id } as const;
      return record(draft, ended.why);
    }
  }
  const still = await proveVersion(context, wantedNew(context, id), 1);
  return still.kind === "proven" ? record({ event: "proven", id }) : unproven(still, id);
}

async function targetOf(context: Context, deployment: string): Promise<TestTarget | undefined> {
  const url = await addressOf(context, deployment);
  const { commit } = context.standing().attempt.opening;
  return url === undefined ? undefined : { url, commit, deployment };
}

async function runTests(context: Context, target: TestTarget | undefined): Promise<TestsEnd> {
  const { tests } = context.world;
  if (!target || !tests) {
    return { kind: "not-run", why: "nobody says where the service is reached" };
  }
  const keeping = setInterval(() => void context.keep(), 30_000);
  return tests(target).finally(() => clearInterval(keeping));
}

/** No longer than it takes to start an application again. */
const pulseSeconds = 0.5;

/** Asks as often as the settings say, or a given number of times in a row. */
export async function proveVersion(
  context: Context,
  wanted: WantedIdentity & { readonly id: string },
  consecutive?: number,
): Promise<Proof | { readonly kind: "taken-over" }> {
  const { world } = context;
  const url = await addressOf(context, wanted.id);
  if (!url) return { kind: "unhealthy", why: "nobody says where the service is reached" };
  let taken = false;
  const patience = world.settings.patience;
  const proof = await prove({
    ask: world.ask,
    questions: { ...world.settings.questions, url },
    wanted,
    patience: consecutive === undefined ? patience : { ...patience, consecutive },
    sleep: world.sleep,
    signal: world.signal,
    pulseSeconds,
    onSample: (sample, count) => world.tell({ type: "sample", sample, count }),
    between: async (sample) => {
      taken = !(await context.keep());
      return taken ? "taken over" : gone(context, wanted.id, sample);
    },
  });
  return taken ? { kind: "taken-over" } : proof;
}

/** After a bad answer the provider may know that there is nothing left to wait for. */
async function gone({ world }: Context, id: string, sample: Sample): Promise<string | undefined> {
  if (sample.kind === "as-expected") return undefined;
  const look = await world.provider.look(id);
  if (look.kind !== "ok") return undefined;
  const { sighting, lines } = look.value;
  for (const line of lines) world.tell({ type: "log", line });
  if (isServing(sighting.phase) || !isSettled(sighting.phase)) return undefined;
  return `the provider says ${sighting.said}; ${sample.why}`;
}

async function addressOf({ world }: Context, id: string): Promise<string | undefined> {
  if (world.settings.url) return world.settings.url;
  const look = await world.provider.look(id);
  return look.kind === "ok" ? look.value.sighting.url : undefined;
}

function wantedNew({ standing }: Context, id: string): WantedIdentity & { readonly id: string } {
  const { opening } = standing().attempt;
  // What is brought back carries the names that were baked in when it was first sent.
  const names = opening.back ? namesOf(opening.back) : [opening.key];
  return { id, deployments: [id, ...names], commit: opening.commit };
}

function unproven(
  proof: Exclude<Proof, { kind: "proven" }> | { kind: "taken-over" },
  id: string,
): Move {
  switch (proof.kind) {
    case "taken-over":
      return pause("another run has taken this deploy over");
    case "stopped":
      return interrupted;
    case "unreachable":
      return pause(nobodyToAsk(proof.why));
    case "gone":
      return failed("crashed", { id, wasLive: true, why: proof.why });
    default:
      return failed(proof.kind, { id, wasLive: true, why: proof.why });
  }
}

/** Another version would be reached no better: what serves stays, until somebody can be asked. */
function nobodyToAsk(why: string): string {
  return `${why}; no version can be asked there, so nothing was rolled back`;
}
