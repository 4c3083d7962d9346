import { describeFailure } from "../../network/answer.ts";
import { openNetwork } from "../../network/network.ts";
import { postJson } from "../../network/post-json.ts";
import type { ReleasePlan } from "../../release/plan.ts";
import type { HostAnswer } from "../../release/publish/host.ts";
import { releaseMessage } from "../../release/tell.ts";
import type { OpenRelease } from "./open.ts";
import type { Variables } from "./world.ts";

/** Posts to every webhook that the config names and the environment has; none: nobody is told. */
export function teller(
  plan: ReleasePlan,
  { config, repository, directory }: OpenRelease,
  env: Variables,
): ((url: string) => Promise<HostAnswer<undefined>>) | undefined {
  const services = (["slack", "discord"] as const).flatMap((service) => {
    const address = env[config.notify?.[service] ?? ""]?.trim();
    return address ? [{ service, address }] : [];
  });
  if (services.length === 0) return undefined;
  const name = config.name ?? (repository ?? directory).split("/").at(-1) ?? "";
  const network = openNetwork();
  return async (url) => {
    const message = releaseMessage(name, plan, url);
    const failures: string[] = [];
    for (const { service, address } of services) {
      const heard = await postJson(network, { url: address, body: message[service] });
      if (heard.kind !== "ok") failures.push(describeFailure(service, heard));
    }
    // Whoever heard it is not told again because of the others.
    return failures.length < services.length
      ? { kind: "ok", value: undefined }
      : { kind: "unknown", reason: failures.join("; ") };
  };
}
