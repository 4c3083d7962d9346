import { z } from "zod";
import { deployment, runOrder } from "../state.ts";

/**
 * What the daemon of an environment is asked and what it answers, as JSON over its socket. A
 * daemon of another version is refused: it may understand the same words otherwise.
 */
export const controlVersion = 1;

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/);
const id = z.strictObject({ id: name });

/** A deployment as it is told: nobody outside needs to know how it is run. */
export const told = deployment.pick({
  id: true,
  key: true,
  commit: true,
  createdAt: true,
  phase: true,
  said: true,
  reason: true,
  restarts: true,
});
const one = z.strictObject({ deployment: told.optional() });
const nothing = z.strictObject({});

export const cursor = z.strictObject({
  build: z.int().nonnegative(),
  deploy: z.int().nonnegative(),
});
const stream = z.enum(["build", "deploy"]);
const line = z.strictObject({ stream, text: z.string() });

/** Every question by its path, with the forms of question and answer. */
export const questions = {
  status: {
    asks: nothing,
    answers: z.strictObject({
      version: z.number(),
      environment: z.string(),
      port: z.int(),
      pid: z.int(),
      serving: told.optional(),
    }),
  },
  deploy: {
    asks: z.strictObject({
      key: z.string().min(1).max(256),
      commit: z.string(),
      message: z.string(),
      incoming: name.describe("The folder under `incoming` with the files and the build's order."),
      order: runOrder,
    }),
    answers: z.strictObject({ deployment: told }),
  },
  deployment: { asks: id, answers: one },
  find: { asks: z.strictObject({ key: z.string() }), answers: one },
  list: { asks: nothing, answers: z.strictObject({ deployments: z.array(told) }) },
  look: {
    asks: z.strictObject({ id: name, cursor }),
    answers: z.strictObject({ deployment: told, lines: z.array(line), cursor }),
  },
  logs: {
    asks: z.strictObject({ id: name, stream, lines: z.int().positive().max(10_000) }),
    answers: z.strictObject({ lines: z.array(z.string()) }),
  },
  cancel: { asks: id, answers: nothing },
  "can-bring-back": { asks: id, answers: z.strictObject({ can: z.boolean() }) },
  "bring-back": {
    asks: z.strictObject({ id: name, key: z.string().min(1).max(256) }),
    answers: z.strictObject({ deployment: told }),
  },
  down: { asks: nothing, answers: nothing },
} as const;

/** What is answered, with another status than 200, where a question is turned down. */
export const turnedDown = z.strictObject({ reason: z.string() });

export type Questions = typeof questions;
export type Question = keyof Questions;
export type Asks<Q extends Question> = z.infer<Questions[Q]["asks"]>;
export type Answers<Q extends Question> = z.infer<Questions[Q]["answers"]>;
export type Told = z.infer<typeof told>;
export type Cursor = z.infer<typeof cursor>;
export type Line = z.infer<typeof line>;

/** What the daemon does with each question. */
export type Handlers = {
  readonly [Q in Question]: (asks: Asks<Q>) => Promise<Handled<Answers<Q>>> | Handled<Answers<Q>>;
};

export type Handled<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: 404 | 409; readonly reason: string };

/** What of a deployment is told. */
export function tell(value: z.infer<typeof deployment>): Told {
  const { id: itsId, key, commit, createdAt, phase, said, reason, restarts } = value;
  return { id: itsId, key, commit, createdAt, phase, said, restarts, ...(reason && { reason }) };
}
