import { request } from "node:http";
import { type Answer, lost, ok, refused } from "../../../network/answer.ts";
import { type Answers, type Asks, type Question, questions, turnedDown } from "./forms.ts";

/** Longer than the daemon takes for anything but ending everything, which has its own bound. */
const patienceMilliseconds = 60_000;

/** Asks the daemon at a socket one thing. */
export async function askDaemon<Q extends Question>(
  socket: string,
  question: Q,
  asks: Asks<Q>,
): Promise<Answer<Answers<Q>>> {
  const exchanged = await exchange(socket, question, JSON.stringify(asks));
  if (exchanged.kind !== "ok") return exchanged;
  const { status, text } = exchanged.value;
  const json = parseJson(text);
  if (status !== 200) {
    const said = turnedDown.safeParse(json);
    return refused(said.success ? said.data.reason : `status ${status}`, status);
  }
  const parsed = questions[question].answers.safeParse(json);
  return parsed.success
    ? ok(parsed.data as Answers<Q>)
    : { kind: "malformed", reason: `${question}: ${parsed.error.message}` };
}

interface Exchanged {
  readonly status: number;
  readonly text: string;
}

function exchange(socket: string, question: string, body: string): Promise<Answer<Exchanged>> {
  return new Promise((resolve) => {
    const outgoing = request({
      socketPath: socket,
      path: `/${question}`,
      method: "POST",
      agent: false,
      headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    outgoing.once("error", (error: NodeJS.ErrnoException) => {
      const code = error.code ?? "";
      resolve(lost(`the daemon gave no answer (${code || error.message})`, !isUnreached(code)));
    });
    outgoing.once("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", (error) => resolve(lost(error.message)));
      response.once("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve(ok({ status: response.statusCode ?? 0, text }));
      });
    });
    outgoing.end(body);
  });
}

/** Nobody listened there, so nothing can have happened. */
export function isUnreached(code: string): boolean {
  return code === "ENOENT" || code === "ECONNREFUSED";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
