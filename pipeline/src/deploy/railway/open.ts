import type { Environment } from "../../config/config.ts";
import { fail, ok, type Problem, type Result } from "../../errors/problem.ts";
import { type Connection, connectFromEnvironment } from "../../github/client/index.ts";
import type { OpenParts } from "../opened.ts";
import { createGithubStore } from "../records/github-store.ts";
import type { RecordStore } from "../records/store.ts";
import { connect } from "./client/index.ts";
import { createRailwayProvider } from "./provider.ts";
import { wantedService } from "./wanted.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * An environment on Railway: the provider's token by the name that the config gives it, and
 * GITHUB_TOKEN and GITHUB_REPOSITORY for the record. GANTRY_RAILWAY_URL and GITHUB_API_URL name
 * servers of one's own.
 */
export function openRailway(environment: Environment, variables: Variables): Result<OpenParts> {
  const token = variables[environment.token]?.trim() ?? "";
  const github = connectGithub(variables);
  const missing = token === "" ? [missingToken(environment)] : [];
  if (!github.ok) return fail(...missing, ...github.problems);
  if (missing.length > 0) return fail(...missing);
  const { settings, project, service } = environment;
  const provider = createRailwayProvider({
    connection: connect({
      ...(variables.GANTRY_RAILWAY_URL && { address: variables.GANTRY_RAILWAY_URL }),
      token: {
        kind: environment.token === "RAILWAY_API_TOKEN" ? "account" : "project",
        name: environment.token,
        value: () => token,
      },
    }),
    target: {
      environment: environment.environment,
      ...(project && { project }),
      ...(service && { service }),
    },
    wanted: wantedService(settings),
    variables: environment.variables,
  });
  const store = createGithubStore(github.value, environment.name);
  return ok({ provider, store, secrets: [token, github.value.token()] });
}

/** The record alone, to be read: it needs no token of the provider's. */
export function railwayRecord(environment: Environment, variables: Variables): Result<RecordStore> {
  const github = connectGithub(variables);
  return github.ok ? ok(createGithubStore(github.value, environment.name)) : github;
}

function connectGithub(variables: Variables): Result<Connection> {
  const github = connectFromEnvironment(variables);
  return github.ok ? github : fail(...github.problems.map(recordsNeed));
}

function missingToken({ name, token }: Environment): Problem {
  return {
    code: "GANTRY-DEPLOY-TOKEN",
    message: `the secret \`${token}\` is not set; \`${name}\` is deployed with it`,
    mend: `set ${token} in this environment (on Dagger: \`--secrets=env:${token}\`); on Railway it is made under Project Settings, Tokens`,
  };
}

function recordsNeed(problem: { readonly message: string }): Problem {
  return {
    code: "GANTRY-GITHUB-TOKEN",
    message: `${problem.message}; the record and the lock of a remote deploy are kept in GitHub Deployments`,
    mend: "set GITHUB_TOKEN (it may write deployments) and GITHUB_REPOSITORY (owner/name); on Dagger: `--secrets=env:GITHUB_TOKEN --repository=OWNER/NAME`",
  };
}
