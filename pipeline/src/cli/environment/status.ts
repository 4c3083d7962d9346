import { describeProviderFailure, whereIs } from "../../deploy/describe-provider.ts";
import { breaksIn } from "../../deploy/records/history.ts";
import { readStandings } from "../../deploy/records/journal.ts";
import { noRecord } from "../../deploy/records/no-record.ts";
import { isProven, knownAs } from "../../deploy/records/served.ts";
import type { Standing } from "../../deploy/records/state.ts";
import { ok, type Result } from "../../errors/problem.ts";
import type { Shown } from "./ask.ts";
import type { OpenEnvironment } from "./open.ts";
import { attemptLine, shownAttempt } from "./shown-attempt.ts";

const looked = 20;

/** What serves, and whether it is proven; who holds the environment; what was last done. */
export async function environmentStatus(opened: OpenEnvironment): Promise<Result<Shown>> {
  const read = await readStandings(opened.store, looked);
  if (read.kind !== "ok") return noRecord(opened, read);
  const serving = await servingNow(opened, read.value);
  const record = recordNow(read.value);
  const { name, provider } = opened.environment;
  return ok({
    json: { environment: name, provider, ...serving.json, ...record.json },
    text: [`${name} ${whereIs[provider]}`, ...[...serving.lines, ...record.lines].map(indent)].join(
      "\n",
    ),
  });
}

interface Part {
  readonly json: object;
  readonly lines: readonly string[];
}

async function servingNow(
  { provider, environment }: OpenEnvironment,
  standings: readonly Standing[],
): Promise<Part> {
  const answer = await provider.serving();
  if (answer.kind !== "ok") {
    const problem = describeProviderFailure(provider.name, answer);
    return { json: { serving: null, problem }, lines: [`? ${problem}`] };
  }
  const seen = answer.value;
  if (!seen) return { json: { serving: null }, lines: ["nothing serves"] };
  const served = knownAs(seen, standings);
  const proven = isProven(served.id, standings);
  const url = environment.url ?? seen.url;
  const version =
    served.tag ?? served.commit?.slice(0, 12) ?? "a version that Gantry did not deploy";
  return {
    json: { serving: { ...served, phase: seen.phase, said: seen.said, url, proven } },
    lines: [
      `${seen.phase === "live" ? "✓" : "✗"} ${version}, deployment ${served.id}: ${seen.phase}${proven ? ", proven" : ", not proven"}`,
      ...(url ? [`at ${url}`] : []),
    ],
  };
}

function recordNow(standings: readonly Standing[]): Part {
  const holder = standings.find(({ leaseUntil }) => leaseUntil > Date.now());
  const left = standings.filter((one) => one.state.at !== "ended" && one !== holder);
  const breaks = breaksIn(standings.map(({ attempt }) => attempt));
  const last = standings[0];
  return {
    json: {
      lock: holder ? lockOf(holder) : null,
      leftOver: left.map(shownAttempt),
      last: last ? shownAttempt(last) : null,
      breaks,
    },
    lines: [
      ...(holder ? [`held by ${lockOf(holder).owner} until ${lockOf(holder).until}`] : []),
      ...left.map((one) => `left over, picked up by the next deploy: ${attemptLine(one)}`),
      ...(last ? [`last: ${attemptLine(last)}`] : ["nothing was deployed by Gantry yet"]),
      ...breaks.map((text) => `✗ the record was changed by somebody else: ${text}`),
    ],
  };
}

function lockOf({ attempt, leaseUntil }: Standing) {
  const { owner, kind, key } = attempt.opening;
  return { owner, kind, key, until: new Date(leaseUntil).toISOString() };
}

function indent(line: string): string {
  return `  ${line}`;
}
