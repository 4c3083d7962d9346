import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { list } from "../rest/list.ts";
import { act, lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

const enforcementForm = z.enum(["disabled", "active", "evaluate"]);

const namedForm = z.object({
  id: z.number(),
  name: z.string(),
  target: z.string().optional(),
  enforcement: enforcementForm,
});

export type RulesetName = Readonly<z.infer<typeof namedForm>>;

const wordsForm = z.array(z.string()).default([]);

const rulesetForm = namedForm
  .extend({
    conditions: z
      .looseObject({ ref_name: z.object({ include: wordsForm, exclude: wordsForm }).optional() })
      .nullish(),
    bypass_actors: z
      .array(
        z.object({
          actor_id: z.number().nullish(),
          actor_type: z.string(),
          bypass_mode: z.string().default("always"),
        }),
      )
      .optional(),
    rules: z
      .array(
        z.object({
          type: z.string(),
          parameters: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .default([]),
  })
  .transform(
    ({ conditions, bypass_actors, ...same }): Ruleset => ({
      ...same,
      refs: conditions?.ref_name ?? { include: [], exclude: [] },
      bypassActors: bypass_actors?.map(({ actor_id, actor_type, bypass_mode }) => ({
        id: actor_id ?? undefined,
        type: actor_type,
        mode: bypass_mode,
      })),
    }),
  );

export interface Ruleset extends RulesetName {
  /** Patterns such as `refs/heads/main` and `~DEFAULT_BRANCH`. */
  readonly refs: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  /** Who may pass by; missing for those who may not change it. */
  readonly bypassActors: readonly BypassActor[] | undefined;
  readonly rules: readonly Rule[];
}

export interface BypassActor {
  readonly id: number | undefined;
  /** `RepositoryRole`, `Team`, `Integration`, `OrganizationAdmin` or `DeployKey`. */
  readonly type: string;
  readonly mode: string;
}

export interface Rule {
  readonly type: string;
  /** In GitHub's own words. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** The repository's own rulesets, by name; their rules are read one by one. */
export async function listRulesets(
  connection: Connection,
): Promise<Answer<readonly RulesetName[]>> {
  const search = { includes_parents: "false" };
  return list(connection, { path: "/rulesets", item: namedForm, search });
}

export async function findRuleset(
  connection: Connection,
  id: number,
): Promise<Answer<Ruleset | undefined>> {
  return lookFor(connection, path`/rulesets/${id}`, rulesetForm);
}

export type WantedRuleset = Omit<Ruleset, "id" | "target" | "bypassActors"> & {
  readonly target: "branch" | "tag" | "push";
  readonly bypassActors: readonly BypassActor[];
};

export async function createRuleset(
  connection: Connection,
  wanted: WantedRuleset,
): Promise<Answer<Ruleset>> {
  const body = bodyOf(wanted);
  return act(connection, { method: "POST", path: "/rulesets", body, form: rulesetForm });
}

export async function updateRuleset(
  connection: Connection,
  id: number,
  wanted: WantedRuleset,
): Promise<Answer<Ruleset>> {
  return act(connection, {
    method: "PUT",
    path: path`/rulesets/${id}`,
    body: bodyOf(wanted),
    form: rulesetForm,
  });
}

function bodyOf({ name, target, enforcement, refs, bypassActors, rules }: WantedRuleset) {
  return {
    name,
    target,
    enforcement,
    conditions: { ref_name: refs },
    bypass_actors: bypassActors.map(({ id, type, mode }) => ({
      actor_id: id ?? null,
      actor_type: type,
      bypass_mode: mode,
    })),
    rules,
  };
}
