import type { Config, Environment } from "../../config/config.ts";

/** Where an environment is reached, as far as the config says. */
export type Address =
  | {
      readonly ok: true;
      /** The port that the config asks for; absent: any free one, chosen once. */
      readonly port: number | undefined;
      readonly url: string | undefined;
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

const thisMachine = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The address that an environment's `url` asks of this machine. */
export function addressOf(config: Config, name: string): Address {
  const environment = config.environments.find((one) => one.name === name);
  if (!environment) return { ok: false, reason: `no environment \`${name}\` is configured` };
  return environment.url === undefined
    ? { ok: true, port: undefined, url: undefined, warnings: [] }
    : addressOfUrl(environment, new URL(environment.url));
}

function addressOfUrl({ name }: Environment, url: URL): Address {
  const near = thisMachine.has(url.hostname);
  if (near && url.protocol === "https:") {
    return {
      ok: false,
      reason: `\`environments.${name}.url\` says https, and \`local\` has no certificates: say http`,
    };
  }
  const port = url.port === "" ? (near ? 80 : undefined) : Number(url.port);
  const warning = `${url.origin} is not this machine's own address: something of yours has to forward it to \`local\``;
  return { ok: true, port, url: url.href.replace(/\/$/, ""), warnings: near ? [] : [warning] };
}
