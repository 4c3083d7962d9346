import { actOnce } from "../network/act-once.ts";
import type { Answer, Failure } from "../network/answer.ts";
import { ok } from "../network/answer.ts";
import { isNewer, readStamp, type Stamp } from "../report/markdown/comment/stamp.ts";
import {
  type Comment,
  createComment,
  deleteComment,
  listComments,
  updateComment,
} from "./client/issues/comments.ts";
import type { Connection } from "./client/rest/connection.ts";
import { findLogin } from "./client/rest/login.ts";
import { isMissing } from "./client/rest/operation.ts";

/** What became of the comment. `superseded`: a newer run has said its word, which stands. */
export type Kept =
  | { readonly kind: "created" | "updated" | "unchanged" | "superseded"; readonly url: string }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface WantedComment {
  /** Of the pull request. */
  readonly number: number;
  /** Begins with the stamp's line. */
  readonly body: string;
  readonly stamp: Stamp;
}

/**
 * Keeps the one comment current: look, write what is missing, look again. GitHub can neither lock a
 * comment nor refuse a second one, so what runs did at the same time is put right afterwards.
 */
export async function keepComment(connection: Connection, wanted: WantedComment): Promise<Kept> {
  const login = await findLogin(connection);
  if (login.kind !== "ok") return { kind: "failed", failure: login };
  const place: Place = { connection, wanted, login: login.value };
  const first = await write(place);
  if (first.kind === "failed") return first;
  for (let round = 0; round < rounds; round += 1) {
    await connection.sleep(settleSeconds);
    const there = await ours(place);
    // What was written stands; only what others did meanwhile is not known.
    if (there.kind !== "ok") return first;
    if (there.value.length < 2 && current(place, there.value)) return first;
    const second = await putRight(place, there.value);
    if (second.kind === "failed" || second.kind === "superseded") return second;
  }
  return first;
}

/** Another run's request that was under way is through by then. */
const settleSeconds = 2;
const rounds = 3;

interface Place {
  readonly connection: Connection;
  readonly wanted: WantedComment;
  readonly login: string | undefined;
}

interface Ours extends Comment {
  readonly stamp: Stamp;
}

/** Writes unless it stands there already, or something newer does. */
async function write(place: Place): Promise<Kept> {
  const { connection, wanted } = place;
  let old: Ours | undefined;
  let wrote: "created" | "updated" | undefined;
  const done = await actOnce<Comment>(connection, {
    look: async () => {
      const there = await ours(place);
      if (there.kind !== "ok") return there;
      old = there.value[0];
      return ok(current(place, there.value));
    },
    act: () => {
      wrote = old ? "updated" : "created";
      return old
        ? updateComment(connection, old.id, wanted.body)
        : createComment(connection, wanted.number, wanted.body);
    },
  });
  if (done.kind !== "ok") return { kind: "failed", failure: done };
  const { value } = done.value;
  const kind = same(value.body, wanted.body) ? (wrote ?? "unchanged") : "superseded";
  return { kind, url: value.url };
}

/** One that shows this run, or a newer one. */
function current({ wanted }: Place, there: readonly Ours[]): Ours | undefined {
  return there.find(({ body, stamp }) => same(body, wanted.body) || isNewer(stamp, wanted.stamp));
}

/** Ends of lines and of the text are the server's to choose. */
function same(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.replaceAll("\r\n", "\n").trim());
  return a === b;
}

/** The oldest stays, with the newest word in it; it is written before the others go. */
async function putRight(place: Place, there: readonly Ours[]): Promise<Kept> {
  const { connection, wanted } = place;
  const [oldest, ...others] = there;
  if (!oldest) return write(place);
  const own = { stamp: wanted.stamp, body: wanted.body };
  const newest = there.reduce<Pick<Ours, "stamp" | "body">>(
    (best, one) => (isNewer(one.stamp, best.stamp) ? one : best),
    own,
  );
  if (!same(oldest.body, newest.body)) {
    const written = await updateComment(connection, oldest.id, newest.body);
    if (written.kind !== "ok") return { kind: "failed", failure: written };
  }
  for (const { id } of others) {
    const gone = await deleteComment(connection, id);
    if (gone.kind !== "ok" && !isMissing(gone)) return { kind: "failed", failure: gone };
  }
  return { kind: newest === own ? "updated" : "superseded", url: oldest.url };
}

/**
 * Comments with our stamp, oldest first. Anyone can write a stamp, so that its author counts: the
 * token's own login, and where an app's token hides that, only apps, whose names people cannot have.
 */
async function ours({ connection, wanted, login }: Place): Promise<Answer<readonly Ours[]>> {
  const all = await listComments(connection, wanted.number);
  if (all.kind !== "ok") return all;
  return ok(
    all.value.flatMap((comment) => {
      const stamp = readStamp(comment.body);
      const { author } = comment;
      const own = login === undefined ? author?.endsWith("[bot]") : author === login;
      return stamp && own ? [{ ...comment, stamp }] : [];
    }),
  );
}
