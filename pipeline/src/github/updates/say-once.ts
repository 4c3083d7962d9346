import { actOnce, type Done } from "../../network/act-once.ts";
import type { Answer } from "../../network/answer.ts";
import { mapOk } from "../../network/answer.ts";
import { type Comment, type Connection, createComment, listComments } from "../client/index.ts";

/** Comments where nobody has said the same before; the key is kept in the comment, unseen. */
export async function sayOnce(
  connection: Connection,
  number: number,
  { key, text }: { readonly key: string; readonly text: string },
): Promise<Answer<Done<Comment>>> {
  const mark = `<!-- gantry:dependencies ${key} -->`;
  return actOnce(connection, {
    look: async () =>
      mapOk(await listComments(connection, number), (all) =>
        all.find(({ body }) => body.startsWith(mark)),
      ),
    act: () => createComment(connection, number, `${mark}\n${text}`),
  });
}
