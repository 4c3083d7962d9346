/** What trying some updates together came to. */
export interface Attempt {
  /** `impossible`: no lock has just these; `unknown`: the world failed, which tells nothing. */
  readonly verdict: "green" | "red" | "impossible" | "unknown";
  readonly reason: string;
  /** Of these updates, those that the failure points at; empty where it points at none. */
  readonly suspects: readonly string[];
}

export interface Search {
  /** What belongs together stands side by side. */
  readonly updates: readonly string[];
  /** What stands under the same name is parted only when nothing else is left. */
  readonly group: (update: string) => string;
  readonly attempt: (updates: readonly string[]) => Promise<Attempt>;
  /** The most attempts, the first included. */
  readonly most: number;
}

export interface LeftOut {
  readonly update: string;
  readonly why: "breaks" | "impossible" | "untried";
  readonly reason: string;
}

export interface Found {
  readonly through: readonly string[];
  readonly leftOut: readonly LeftOut[];
  readonly attempts: number;
  /** Why nothing can be said: the tests fail without any update, or the world failed. */
  readonly stopped?: { readonly why: "base" | "world"; readonly reason: string };
}

/**
 * Finds which updates can go through together. All at once first; if that is red, the same without
 * any, so that nothing is blamed for what was broken before; then by halves, each on top of what is
 * known to be good. One culprit among n costs about log2(n) attempts.
 */
export async function findCulprits(search: Search): Promise<Found> {
  const state = createState(search);
  const all = await state.attempt(search.updates);
  if (all?.verdict === "green") state.good.push(...search.updates);
  else if (all && !state.stopped) {
    if (all.verdict === "red") await checkBase(state);
    await part(state, search.updates, all);
    await partners(state);
  }
  const { good, out, stopped } = state;
  const through = search.updates.filter((update) => good.includes(update));
  const leftOut = stopped ? [] : search.updates.flatMap((update) => out.get(update) ?? []);
  return {
    through: stopped ? [] : through,
    leftOut,
    attempts: state.count(),
    ...(stopped && { stopped }),
  };
}

interface State {
  readonly search: Search;
  readonly good: string[];
  readonly out: Map<string, LeftOut>;
  stopped: Found["stopped"];
  readonly count: () => number;
  /** Nothing where no attempt is left, or the search has stopped. */
  readonly attempt: (updates: readonly string[]) => Promise<Attempt | undefined>;
}

function createState(search: Search): State {
  let count = 0;
  const state: State = {
    search,
    good: [],
    out: new Map(),
    stopped: undefined,
    count: () => count,
    async attempt(updates) {
      if (state.stopped || count >= search.most) return undefined;
      count += 1;
      const found = await search.attempt(updates);
      if (found.verdict !== "unknown") return found;
      state.stopped = { why: "world", reason: found.reason };
      return undefined;
    },
  };
  return state;
}

async function checkBase(state: State): Promise<void> {
  const base = await state.attempt([]);
  if (base && base.verdict !== "green") state.stopped = { why: "base", reason: base.reason };
}

/** Adds to what is good as much of these as goes; all of them together are known not to. */
async function part(state: State, updates: readonly string[], failed: Attempt): Promise<void> {
  const [only, ...others] = updates;
  if (only === undefined || state.stopped) return;
  if (others.length === 0) return leave(state, only, failed);
  const [first, second] = halves(updates, failed.suspects, state.search.group);
  const firstIsGood = await add(state, first);
  // What is red together and good in its first half is red because of the second.
  if (firstIsGood) await part(state, second, failed);
  else await add(state, second);
}

async function add(state: State, updates: readonly string[]): Promise<boolean> {
  const tried = await state.attempt([...state.good, ...updates]);
  if (tried?.verdict === "green") state.good.push(...updates);
  else if (tried) await part(state, updates, tried);
  else for (const update of updates) state.out.set(update, untried(update, state.search.most));
  return tried?.verdict === "green";
}

function leave({ out }: State, update: string, { verdict, reason }: Attempt): void {
  out.set(update, { update, why: verdict === "impossible" ? "impossible" : "breaks", reason });
}

function untried(update: string, most: number): LeftOut {
  return { update, why: "untried", reason: `not tried: the ${most} runs for it were used up` };
}

/** Those that the failure does not point at first; else by groups; else in the middle. */
function halves(
  updates: readonly string[],
  suspects: readonly string[],
  group: Search["group"],
): readonly [readonly string[], readonly string[]] {
  const clear = updates.filter((update) => !suspects.includes(update));
  if (clear.length > 0 && clear.length < updates.length) {
    return [clear, updates.filter((update) => suspects.includes(update))];
  }
  const middle = updates.length / 2;
  const ends = updates
    .map((_, at) => at)
    .filter((at) => at > 0 && group(updates[at] as string) !== group(updates[at - 1] as string));
  const nearest = ends.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  const cut = nearest ?? Math.floor(middle);
  return [updates.slice(0, cut), updates.slice(cut)];
}

/**
 * What was impossible alone may go now that others are in. What broke alone may go with another: all
 * but one are tried, since a single culprit can have parted those that need each other.
 */
async function partners(state: State): Promise<void> {
  const { out } = state;
  for (const { update, why } of [...out.values()]) {
    if (why === "impossible") await admit(state, [update]);
  }
  const left = [...out.values()].filter(({ why }) => why !== "untried").map((one) => one.update);
  // Two alone are red, and both together were the start of it all.
  if (left.length < 3) return;
  for (const culprit of left) {
    const others = left.filter((one) => one !== culprit);
    if (await admit(state, others)) return;
  }
}

async function admit(state: State, updates: readonly string[]): Promise<boolean> {
  const tried = await state.attempt([...state.good, ...updates]);
  if (tried?.verdict !== "green") return false;
  state.good.push(...updates);
  for (const update of updates) state.out.delete(update);
  return true;
}
