import { type Asked, notFound, type Operations, refusal, said } from "../http/asked.ts";
import { commitOf, commitTo, headOf } from "../world/git.ts";
import { whyGuarded } from "../world/guards.ts";
import { gitObject } from "../world/objects.ts";
import { commitView } from "./git.ts";

interface Put {
  readonly message: string;
  /** Base64. */
  readonly content: string;
  readonly branch?: string;
  readonly sha?: string;
}

/** Above this GitHub tells of a file, and leaves its content out. */
const largest = 1024 * 1024;

export const contents: Operations = {
  "repos/get-content": (world, { path, search }) => {
    const at = path.path ?? "";
    const ref = search.get("ref") ?? world.options.defaultBranch;
    const commit = commitOf(world, ref);
    if (!commit) return refusal(404, `No commit found for the ref ${ref}`);
    const content = commit.files.get(at);
    if (content) return said(200, fileView(at, content, true));
    const inside = [...commit.files].filter(([name]) => name.startsWith(`${at}/`));
    if (inside.length === 0) return notFound;
    return said(
      200,
      inside.map(([name, one]) => fileView(name, one, false)),
    );
  },

  "repos/create-or-update-file-contents": (world, { path, body, login }: Asked<Put>) => {
    const at = path.path ?? "";
    const branch = body.branch ?? world.options.defaultBranch;
    const there = headOf(world, branch)?.files.get(at);
    if (!headOf(world, branch)) return refusal(404, `Branch ${branch} not found`);
    if (there && body.sha === undefined) {
      return refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
    }
    if (body.sha !== undefined && (!there || gitObject("blob", there).sha !== body.sha)) {
      return refusal(409, `${at} does not match ${body.sha}`);
    }
    const guarded = whyGuarded(world, branch);
    if (guarded) return refusal(409, `Could not ${there ? "update" : "create"} file: ${guarded}`);
    const content = Buffer.from(body.content, "base64");
    const { message } = body;
    const commit = commitTo(world, branch, { message, author: login, files: { [at]: content } });
    const made = { content: fileView(at, content, false), commit: commitView(commit) };
    return said(there ? 200 : 201, { ...made, commit: { ...made.commit, message } });
  },
};

function fileView(path: string, content: Buffer, whole: boolean): object {
  const small = content.length <= largest;
  const body = { encoding: small ? "base64" : "none", content: small ? lines(content) : "" };
  return {
    type: "file",
    name: path.split("/").at(-1),
    path,
    sha: gitObject("blob", content).sha,
    size: content.length,
    ...(whole && body),
  };
}

/** GitHub breaks base64 into lines. */
function lines(content: Buffer): string {
  return content.toString("base64").replace(/.{60}/g, "$&\n");
}
