import type { Config } from "../config/config.ts";

/** A secret, and everything of the pipeline that asks for it. */
export interface Need {
  readonly name: string;
  readonly where: readonly string[];
  /** Whether the pipeline does without it. */
  readonly optional: boolean;
}

interface Use {
  readonly name: string;
  readonly where: string;
  readonly optional: boolean;
}

/** Which secrets are needed where, as the config has it; what nobody declared stands there too. */
export function secretNeeds(config: Config): Need[] {
  const declared = config.written.secrets ?? {};
  const uses = [...suiteUses(config), ...environmentUses(config), ...serviceUses(config)];
  const names = [...new Set([...Object.keys(declared), ...uses.map(({ name }) => name)])];
  return names.map((name) => {
    const own = uses.filter((use) => use.name === name);
    const where = own.length > 0 ? own.map((use) => use.where) : ["the application"];
    const optional = declared[name]?.optional ?? (own.length > 0 && own.every((u) => u.optional));
    return { name, where: [...new Set(where)], optional };
  });
}

function suiteUses({ components }: Config): Use[] {
  return components.flatMap(({ name: component, tests }) =>
    Object.entries(tests).flatMap(([kind, suite]) =>
      suite.secrets.map((name) => ({
        name,
        where: `${kind} tests of ${component}`,
        optional: false,
      })),
    ),
  );
}

/** A deploy cannot do without its provider's token. */
function environmentUses({ environments }: Config): Use[] {
  return environments
    .filter(({ provider }) => provider === "railway")
    .map(({ name }) => ({ name: "RAILWAY_TOKEN", where: `deploy to ${name}`, optional: false }));
}

function serviceUses({ codecov, written }: Config): Use[] {
  const { slack, discord } = written.notify ?? {};
  return [
    ...(codecov
      ? [{ name: codecov.token, where: "coverage upload", optional: !codecov.required }]
      : []),
    ...(slack ? [{ name: slack, where: "messages to Slack", optional: true }] : []),
    ...(discord ? [{ name: discord, where: "messages to Discord", optional: true }] : []),
    ...(written.release ? [{ name: "GITHUB_TOKEN", where: "release", optional: false }] : []),
  ];
}
