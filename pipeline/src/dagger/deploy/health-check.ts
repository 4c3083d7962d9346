import { type AddressCheck, proofLine, usualCheck } from "../../deploy/prove/address-check.ts";
import type { Proof } from "../../deploy/prove/prove.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { isWebAddress, readExpectation } from "../../plan/expectation-words.ts";
import { withCertificates } from "../certificates.ts";
import type { Client, File } from "../client.ts";
import { places, withEnvironment } from "../environment.ts";
import { defaultImage } from "../images.ts";
import { within } from "../run/deadline.ts";

/** A health check as its arguments say it; what is not said is as in `gantry verify`. */
export interface HealthRequest {
  readonly dag: Client;
  readonly procedures: File;
  readonly url: string;
  readonly attempts?: number | undefined;
  readonly interval?: number | undefined;
  readonly consecutive?: number | undefined;
  readonly health?: string | undefined;
  readonly endpoints?: readonly string[] | undefined;
  readonly commit?: string | undefined;
  readonly deployment?: string | undefined;
  readonly certificates?: File | undefined;
  /** An image with Node.js, instead of the pinned one. */
  readonly image?: string | undefined;
}

export interface Health {
  readonly healthy: boolean;
  readonly text: string;
}

/** Asks an address from a container, never from the cache; needs no configuration. */
export async function checkHealth(request: HealthRequest): Promise<Result<Health>> {
  const check = checkOf(request);
  if (!check.ok) return check;
  const proof = await within(ask(request, check.value), longest(check.value));
  if (typeof proof === "symbol") {
    return ok({
      healthy: false,
      text: "verdict: unknown (exit code 3)\nthe engine did not answer",
    });
  }
  const healthy = proof.kind === "proven";
  const verdict = healthy ? "passed (exit code 0)" : "failed (exit code 1)";
  return ok({ healthy, text: `verdict: ${verdict}\n${proofLine(proof)}\n` });
}

const spec = "/gantry/spec.json";
const left = "/gantry/proof.json";

async function ask(request: HealthRequest, check: AddressCheck): Promise<Proof> {
  const { dag, procedures, certificates, image } = request;
  const bare = dag.container().from(image ?? defaultImage("node"));
  const text = await withEnvironment(withCertificates(bare, certificates))
    .withMountedFile(places.procedures, procedures)
    .withNewFile(spec, JSON.stringify(check))
    .withEnvVariable("GANTRY_ONCE", crypto.randomUUID())
    .withExec(["node", places.procedures, "health-check", spec, left])
    .file(left)
    .contents();
  return JSON.parse(text) as Proof;
}

/** As long as it can take where nothing ever answers. */
function longest({ attempts, consecutive, interval, endpoint }: AddressCheck): number {
  return (attempts + consecutive) * (interval + 5 * (1 + endpoint.length)) + 60;
}

function checkOf(request: HealthRequest): Result<AddressCheck> {
  const { url, attempts, interval, consecutive, health, commit, deployment } = request;
  const endpoint = endpointsOf(request.endpoints);
  if (!endpoint) return refuse("`--endpoints` takes `/path` or `POST /path`, or `none`");
  if (!isWebAddress(url)) return refuse("`--url` is no address that begins with http");
  const counts = [attempts, consecutive].filter((count) => count !== undefined);
  if (counts.some((count) => count < 1)) return refuse("a count is a whole number from 1 on");
  return ok({
    url,
    attempts: attempts ?? usualCheck.attempts,
    interval: Math.max(0, interval ?? usualCheck.interval),
    consecutive: consecutive ?? usualCheck.consecutive,
    health: health ?? usualCheck.health,
    endpoint,
    ...(commit && { commit }),
    ...(deployment && { deployment }),
  });
}

function endpointsOf(words: readonly string[] | undefined): AddressCheck["endpoint"] | undefined {
  if (!words || words.length === 0) return usualCheck.endpoint;
  if (words.length === 1 && words[0] === "none") return [];
  const read = words.map(readExpectation);
  return read.every((one) => one !== undefined) ? read : undefined;
}

function refuse(message: string): Result<never> {
  const mend = "write it as `dagger call health-check --help` shows";
  return fail({ code: "GANTRY-USAGE", message, mend });
}
