import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, objectionTo } from "../execute/expectation.ts";
import { explainBroken } from "../network/broken.ts";
import type { Expectation, ProbeStep } from "../plan/step.ts";

export interface ProbeRequest {
  readonly step: Pick<ProbeStep, "requests" | "withinSeconds" | "consecutive" | "intervalSeconds">;
  readonly base: string;
  readonly signal: AbortSignal;
  readonly output: (text: string) => Promise<void>;
  /** Answers why waiting is useless, for instance since the process has ended. */
  readonly gone: () => Promise<string | undefined>;
}

export type ProbeEnd =
  | { readonly ok: true; readonly seconds: number; readonly attempts: number }
  | { readonly ok: false; readonly reason: string };

const answerLimitBytes = 1024 * 1024;
const answerLimitMilliseconds = 5000;

/** Asks until everything answers as expected often enough in a row, or the time is up. */
export async function probe(request: ProbeRequest): Promise<ProbeEnd> {
  const { step, signal, output } = request;
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  let inARow = 0;
  let firstSuccess: number | undefined;
  for (let attempts = 1; ; attempts += 1) {
    const objection = await askAll(request);
    if (objection === undefined) {
      inARow += 1;
      firstSuccess ??= seconds();
      await output(`attempt ${attempts}: as expected (${inARow} of ${step.consecutive})\n`);
      if (inARow >= step.consecutive) return { ok: true, seconds: firstSuccess, attempts };
    } else {
      inARow = 0;
      await output(`attempt ${attempts}: ${objection}\n`);
    }
    const gone = await request.gone();
    if (gone) return { ok: false, reason: gone };
    if (signal.aborted) return { ok: false, reason: "ended from outside" };
    if (objection !== undefined && seconds() >= step.withinSeconds) {
      return { ok: false, reason: objection };
    }
    await sleep(step.intervalSeconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}

async function askAll({ step, base, signal }: ProbeRequest): Promise<string | undefined> {
  for (const expected of step.requests) {
    const objection = await ask(base, expected, signal);
    if (objection) return `${expected.method} ${expected.path}: ${objection}`;
  }
  return undefined;
}

/** Asks once, and says what is wrong with the answer, if anything is. */
export async function ask(
  base: string,
  expected: Expectation,
  signal: AbortSignal,
): Promise<string | undefined> {
  const asked = await fetchAnswer(base, expected, signal);
  return asked.ok ? objectionTo(asked.answer, expected) : asked.problem;
}

/** An answer, or why there is none. */
export type Asked = { readonly ok: true; readonly answer: Answer } | NotAnswered;

export interface NotAnswered {
  readonly ok: false;
  readonly problem: string;
  /** Nobody could be asked: name, way or certificate of the address are at fault, whoever answers. */
  readonly unreachable: boolean;
}

/** One request; bounded in time and bytes, following no redirect. */
export async function fetchAnswer(
  base: string,
  expected: Expectation,
  signal: AbortSignal,
): Promise<Asked> {
  const url = `${base}${expected.path}`;
  try {
    const response = await fetch(new URL(url), {
      method: expected.method,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerLimitMilliseconds)]),
      ...(expected.body !== undefined && {
        body: JSON.stringify(expected.body),
        headers: { "content-type": "application/json" },
      }),
    });
    return { ok: true, answer: await readAnswer(response) };
  } catch (error) {
    return notAnswered(error, url);
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    chunks.push(chunk);
    if (size > answerLimitBytes)
      throw new Error(`the answer has more than ${answerLimitBytes} bytes`);
  }
  return {
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

async function notAnswered(error: unknown, url: string): Promise<NotAnswered> {
  const failed = (problem: string, unreachable = false): NotAnswered => ({
    ok: false,
    problem,
    unreachable,
  });
  if (!(error instanceof Error)) return failed(String(error));
  if (error.name === "TimeoutError") {
    return failed(`no answer within ${answerLimitMilliseconds / 1000} s`);
  }
  if (!(error.cause instanceof Error)) return failed(error.message);
  const { words, code, unreachable } = await explainBroken(error, url);
  if (code === "ECONNREFUSED") return failed("nothing listens there yet");
  return failed(words, unreachable);
}
