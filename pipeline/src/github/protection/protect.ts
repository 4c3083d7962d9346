import { actOnce } from "../../network/act-once.ts";
import { type Answer, type Failure, mapOk, ok, thenOk } from "../../network/answer.ts";
import type { Connection } from "../client/rest/connection.ts";
import { readRepository, updateMergeSettings } from "../client/settings/repository.ts";
import { lookAtBranch, mendBranch, otherKind } from "./branch.ts";
import { compare, type Drift } from "./settings.ts";
import type { WantedBranch } from "./wanted.ts";

export interface WantedProtection {
  readonly branches: readonly WantedBranch[];
  /** Whether a squashed commit has to carry the pull request's title, which alone was checked. */
  readonly squashTitle: boolean;
}

/** What a part of the protection came to: a branch, or the repository's own settings. */
export interface Part {
  /** As in gantry.yaml: `branches.main`, or `repository`. */
  readonly name: string;
  readonly kind: WantedBranch["kind"] | "settings";
  /** What differs; after mending, what still does. */
  readonly drift: readonly Drift[];
  /** What was put right just now. */
  readonly mended: readonly Drift[];
  /** A branch that GitHub does not have, and that nobody named. */
  readonly absent?: true;
  readonly failure?: Failure;
  readonly warnings: readonly string[];
}

/** Compares what GitHub has with what is wanted. Changes nothing. */
export async function checkProtection(
  connection: Connection,
  wanted: WantedProtection,
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const asked of asksOf(connection, wanted)) {
    parts.push(await partOf(asked, await asked.look(), []));
  }
  return parts;
}

/** Mends exactly what differs, part by part, and looks again. One that fails stops no other. */
export async function applyProtection(
  connection: Connection,
  wanted: WantedProtection,
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const asked of asksOf(connection, wanted)) {
    const before = await asked.look();
    const done = await thenOk(before, () => mendOnce(connection, asked));
    const after = await thenOk(done, asked.look);
    parts.push(await partOf(asked, after, before.kind === "ok" ? before.value.drift : []));
  }
  return parts;
}

/** Something that can be looked at. */
interface Asked {
  readonly name: string;
  readonly kind: Part["kind"];
  readonly look: () => Promise<Answer<Looked>>;
  readonly warnings: () => Promise<readonly string[]>;
}

/** What differs, and the act that puts right just that. */
interface Looked {
  readonly drift: readonly Drift[];
  readonly absent?: boolean;
  readonly mend: () => Promise<Answer<undefined>>;
}

function asksOf(connection: Connection, { branches, squashTitle }: WantedProtection): Asked[] {
  return [
    ...branches.map((branch) => askBranch(connection, branch)),
    ...(squashTitle ? [askRepository(connection)] : []),
  ];
}

function askBranch(connection: Connection, wanted: WantedBranch): Asked {
  const { branch, kind } = wanted;
  return {
    name: `branches.${branch}`,
    kind,
    look: async () =>
      mapOk(await lookAtBranch(connection, wanted), (found) => ({
        drift: found.drift,
        absent: found.found.kind === "missing" && !wanted.named,
        mend: () => mendBranch(connection, branch, found),
      })),
    warnings: async () => {
      const other = await otherKind(connection, wanted);
      return other === undefined ? wanted.warnings : [...wanted.warnings, other];
    },
  };
}

function askRepository(connection: Connection): Asked {
  const squashTitle = "PR_TITLE";
  const mend: Looked["mend"] = async () =>
    mapOk(await updateMergeSettings(connection, { squashTitle }), () => undefined);
  return {
    name: "repository",
    kind: "settings",
    look: async () =>
      thenOk(await readRepository(connection), ({ merging }): Answer<Looked> => {
        if (merging.squashTitle === undefined) return hidden;
        const drift = merging.allowSquash === false ? [] : compare({ squashTitle }, merging);
        return ok({ drift, mend });
      }),
    warnings: async () => [],
  };
}

const hidden: Failure = {
  kind: "unauthorised",
  reason: "how pull requests are merged is shown to administrators only",
};

/** An act whose answer was lost is looked for before it is repeated. */
async function mendOnce(connection: Connection, { look }: Asked): Promise<Answer<unknown>> {
  let last: Looked | undefined;
  return actOnce<unknown>(connection, {
    look: async () => {
      const answer = await look();
      if (answer.kind === "ok") last = answer.value;
      return mapOk(answer, ({ drift }) => (drift.some(canBeMended) ? undefined : true));
    },
    act: async () => (last ? last.mend() : ok(undefined)),
  });
}

/** A branch is made by people. */
function canBeMended({ path }: Drift): boolean {
  return path !== "exists";
}

async function partOf(
  { name, kind, warnings }: Asked,
  answer: Answer<Looked>,
  before: readonly Drift[],
): Promise<Part> {
  if (answer.kind !== "ok") {
    return { name, kind, drift: [], mended: [], failure: answer, warnings: [] };
  }
  const { drift, absent } = answer.value;
  if (absent) return { name, kind, drift, mended: [], absent, warnings: [] };
  const left = new Set(drift.map(({ path }) => path));
  const mended = before.filter(({ path }) => !left.has(path));
  return { name, kind, drift, mended, warnings: await warnings() };
}
