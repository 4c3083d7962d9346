import { fail, ok, type Problem, type Result } from "../../errors/problem.ts";
import type { Tag } from "../../release/history.ts";
import { usualNames } from "../../release/version/usual-names.ts";
import { git, gitLine, gitMissing, runGit } from "../git.ts";

/** What a release asks of a repository before it looks at any commit. */
export interface RepositoryFacts {
  /** HEAD's commit; empty where there is none yet. */
  readonly head: string;
  /** The branch that HEAD is on; absent where it is detached. */
  readonly branch: string | undefined;
  /** The address of `origin`. */
  readonly remote: string | undefined;
  /** Those of the usual main branches that are here, as full names of refs. */
  readonly mainlines: readonly string[];
  readonly tags: readonly Tag[];
}

/** All of it at once: starting git takes longer than most of its answers. */
export async function readRepository(directory: string): Promise<Result<RepositoryFacts>> {
  // The one that takes longest begins.
  const [refs, head, remote] = await Promise.all([
    readRefs(directory),
    readHead(directory),
    gitLine(directory, ["config", "--get", "remote.origin.url"]),
  ]);
  if (!head.ok) return head;
  if (!refs.ok) return refs;
  return ok({ ...head.value, ...refs.value, remote });
}

async function readHead(
  directory: string,
): Promise<Result<Pick<RepositoryFacts, "head" | "branch">>> {
  // It fails where there is no commit yet, and has answered the first question by then.
  const wanted = ["--is-shallow-repository", "HEAD^{commit}", "--symbolic-full-name", "HEAD"];
  const { stdout, missing } = await runGit(directory, ["rev-parse", ...wanted]);
  if (missing) return fail(gitMissing);
  const [shallow, hash = "", name] = stdout.split("\n");
  // Where there is no such commit, git says the words again.
  const head = /^[0-9a-f]{40,64}$/.test(hash) ? hash : "";
  if (shallow === "true") return fail(shallowProblem);
  if (shallow !== "false") return fail(notARepository(directory));
  const ref = head === "" ? await gitLine(directory, ["symbolic-ref", "--quiet", "HEAD"]) : name;
  return ok({ head, branch: /^refs\/heads\/(.+)$/.exec(ref ?? "")?.[1] });
}

/** Tags, and which of the usual main branches are here. */
export async function readRefs(
  directory: string,
): Promise<Result<Pick<RepositoryFacts, "mainlines" | "tags">>> {
  const format = "--format=%(refname)%00%(objectname)%00%(*objectname)";
  const mainlines = usualNames.flatMap((name) => [
    `refs/heads/${name}`,
    `refs/remotes/origin/${name}`,
  ]);
  const listed = await git(directory, ["for-each-ref", format, "refs/tags", ...mainlines]);
  if (!listed.ok) return listed;
  const refs = listed.value
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [name = "", object = "", peeled = ""] = line.split("\0");
      return { name, commit: peeled || object };
    });
  return ok({
    mainlines: refs.map(({ name }) => name).filter((name) => mainlines.includes(name)),
    tags: refs
      .filter(({ name }) => name.startsWith(tags))
      .map(({ name, commit }) => ({ name: name.slice(tags.length), commit })),
  });
}

const tags = "refs/tags/";

const shallowProblem = {
  code: "GANTRY-RELEASE-SHALLOW",
  message:
    "the clone is shallow: commits and tags are missing that decide the version, so none is given",
  mend: "run `git fetch --unshallow --tags`; in a workflow, give actions/checkout `fetch-depth: 0`",
} as const;

function notARepository(directory: string): Problem {
  return {
    code: "GANTRY-NOT-A-REPOSITORY",
    message: `${directory} is no git repository, and a release is made of commits and tags`,
    mend: "name a git checkout with `-C DIR`",
  };
}
