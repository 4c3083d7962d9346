import { z } from "zod";
import { type Answer, type Failure, ok, refused, thenOk } from "../../../network/answer.ts";
import { readForm } from "../../../network/read-form.ts";
import type { Connection } from "./connection.ts";
import type { Page } from "./judge.ts";
import { type Search, searchOf } from "./operation.ts";
import { addressOf, send } from "./send.ts";

export interface List<A> {
  readonly path: string;
  readonly item: z.ZodType<A>;
  readonly search?: Search;
  /** Under which key the items stand, where the answer is no bare list. */
  readonly key?: string;
  /** Only so many of the first; else all. */
  readonly first?: number | undefined;
}

const perPage = 100;
const mostPages = 30;

/** A list, read to its end page by page. One that is too long is refused, never cut in silence. */
export async function list<A>(
  connection: Connection,
  { path, item, search = {}, key, first = Number.POSITIVE_INFINITY }: List<A>,
): Promise<Answer<readonly A[]>> {
  const form = key === undefined ? z.array(item) : z.object({ [key]: z.array(item) });
  const items: A[] = [];
  const start = addressOf(
    connection,
    path + searchOf({ ...search, per_page: Math.min(perPage, first) }),
  );
  let page = await thenOk(start, (url) => send(connection, { method: "GET", url }));
  for (let count = 1; ; count += 1) {
    const read = thenRead(page, form);
    if (read.kind !== "ok") return read;
    items.push(...itemsOf<A>(read.value.found, key));
    const { next } = read.value;
    if (next === undefined || items.length >= first) return ok(items.slice(0, first));
    if (count === mostPages) return tooLong;
    if (!isSameOrigin(next, connection.address)) return elsewhere;
    page = await send(connection, { method: "GET", url: next });
  }
}

const tooLong: Failure = refused(`the list is longer than ${mostPages * perPage} entries`);

/** The token must not go there. */
const elsewhere: Failure = { kind: "malformed", reason: "the next page lies at another address" };

function thenRead(
  page: Answer<Page>,
  form: z.ZodType,
): Answer<{ readonly found: unknown; readonly next: string | undefined }> {
  if (page.kind !== "ok") return page;
  const read = readForm(form, page.value.json);
  return read.kind === "ok" ? ok({ found: read.value, next: page.value.next }) : read;
}

function itemsOf<A>(found: unknown, key: string | undefined): readonly A[] {
  return (key === undefined ? found : (found as Record<string, unknown>)[key]) as readonly A[];
}

export function isSameOrigin(url: string, other: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(other).origin;
}
