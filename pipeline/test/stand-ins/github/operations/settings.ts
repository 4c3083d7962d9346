import {
  type Asked,
  invalid,
  notFound,
  type Operations,
  paged,
  refusal,
  said,
} from "../http/asked.ts";
import { headOf } from "../world/git.ts";
import type { Protection, Ruleset, Setting } from "../world/model.ts";
import { timeOf } from "../world/time.ts";
import type { World } from "../world/world.ts";
import { protectionView } from "./protection-view.ts";

export const settings: Operations = {
  "repos/get": (world, { permission }) => said(200, repositoryView(world, permission)),

  "repos/update": (world, { body, permission }: Asked<Record<string, unknown>>) => {
    Object.assign(world.repository, body);
    return said(200, repositoryView(world, permission));
  },

  "repos/get-branch-protection": (world, { path }) => {
    const branch = path.branch ?? "";
    if (!headOf(world, branch)) return refusal(404, "Branch not found");
    const found = world.protections.get(branch);
    return found ? said(200, protectionView(found)) : refusal(404, "Branch not protected");
  },

  "repos/update-branch-protection": (world, { path, body }: Asked<Protection>) => {
    const branch = path.branch ?? "";
    if (!headOf(world, branch)) return refusal(404, "Branch not found");
    const checks = body.required_status_checks;
    if (checks && "checks" in (checks as object) === "contexts" in (checks as object)) {
      return refusal(422, 'Invalid request.\n\nNo subschema in "anyOf" matched.');
    }
    const signatures = world.protections.get(branch)?.required_signatures ?? false;
    world.protections.set(branch, { ...body, required_signatures: signatures });
    return said(200, protectionView(body));
  },

  "repos/create-commit-signature-protection": (world, { path }) => setSignatures(world, path, true),
  "repos/delete-commit-signature-protection": (world, { path }) =>
    setSignatures(world, path, false),

  "repos/get-repo-rulesets": (world, { search }) => {
    const shown = world.rulesets.map((one) => rulesetView(world, one, false));
    return paged(world, { search }, shown, { below: "/rulesets" });
  },

  "repos/get-repo-ruleset": (world, { path }) => {
    const found = world.rulesets.find(({ id }) => id === Number(path.ruleset_id));
    return found ? said(200, rulesetView(world, found, true)) : notFound;
  },

  "repos/create-repo-ruleset": (world, { body }: Asked<Omit<Ruleset, "id">>) => {
    const taken = world.rulesets.some(({ name }) => name === body.name);
    if (taken) return invalid("RepositoryRuleset", "name", "custom", "Name must be unique");
    const ruleset = { ...body, id: world.nextId() };
    world.rulesets.push(ruleset);
    return said(201, rulesetView(world, ruleset, true));
  },

  "repos/update-repo-ruleset": (world, { path, body }: Asked<Partial<Ruleset>>) => {
    const found = world.rulesets.find(({ id }) => id === Number(path.ruleset_id));
    if (!found) return notFound;
    return said(200, rulesetView(world, Object.assign(found, body), true));
  },

  "actions/list-repo-secrets": (world, { search }) =>
    names(world, search, world.secrets.get(""), "/actions/secrets"),
  "actions/list-environment-secrets": (world, { path, search }) =>
    namesOf(world, search, path.environment_name ?? "", "secrets"),
  "actions/list-repo-variables": (world, { search }) =>
    names(world, search, world.variables.get(""), "/actions/variables"),
  "actions/list-environment-variables": (world, { path, search }) =>
    namesOf(world, search, path.environment_name ?? "", "variables"),

  "repos/get-all-environments": (world, { search }) =>
    paged(world, { search }, world.environments, { below: "/environments", key: "environments" }),

  "repos/get-environment": (world, { path }) => {
    const found = world.environments.find(({ name }) => name === path.environment_name);
    return found ? said(200, found) : notFound;
  },

  "repos/create-or-update-environment": (world, { path }) => {
    const name = path.environment_name ?? "";
    const at = world.environments.findIndex((one) => one.name === name);
    const there = world.environments[at];
    const made = {
      id: there?.id ?? world.nextId(),
      name,
      created_at: there?.created_at ?? timeOf(world),
      protection_rules: [],
    };
    world.environments.splice(at < 0 ? world.environments.length : at, at < 0 ? 0 : 1, made);
    return said(200, made);
  },
};

function setSignatures(world: World, { branch = "" }: Asked["path"], enabled: boolean) {
  const found = world.protections.get(branch);
  if (!found) return refusal(404, "Branch not protected");
  world.protections.set(branch, { ...found, required_signatures: enabled });
  return enabled ? said(200, { enabled }) : said(204);
}

function repositoryView({ options, repository }: World, permission: Asked["permission"]): object {
  return {
    name: options.name,
    full_name: `${options.owner}/${options.name}`,
    private: options.private,
    default_branch: options.defaultBranch,
    ...(permission === "admin" && repository),
  };
}

function rulesetView({ options }: World, ruleset: Ruleset, whole: boolean): object {
  const { conditions, bypass_actors, rules, ...same } = ruleset;
  const source = `${options.owner}/${options.name}`;
  const named = { ...same, source, source_type: "Repository" };
  return whole ? { ...named, conditions, bypass_actors, rules } : named;
}

function namesOf(
  world: World,
  search: URLSearchParams,
  environment: string,
  key: "secrets" | "variables",
) {
  if (!world.environments.some(({ name }) => name === environment)) return notFound;
  return names(world, search, world[key].get(environment), `/environments/${environment}/${key}`);
}

function names(
  world: World,
  search: URLSearchParams,
  found: readonly Setting[] = [],
  below: string,
) {
  const key = below.endsWith("secrets") ? "secrets" : "variables";
  const shown = found.map(({ value, ...same }) => (key === "secrets" ? same : { ...same, value }));
  return paged(world, { search }, shown, { below, key });
}
