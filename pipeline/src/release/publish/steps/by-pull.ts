import type { HostAnswer } from "../host.ts";
import type { PublishRequest } from "../request.ts";
import { mapAnswer, thenAnswer } from "../step.ts";

export interface ByPull {
  /** The branch that the pull request comes from; made where it is missing. */
  readonly side: string;
  readonly base: string;
  /** The branch that `side` starts at. */
  readonly from: string;
  readonly title: string;
  readonly body: string;
  /** Puts onto `side` what it is for. */
  readonly prepare?: () => Promise<HostAnswer<string>>;
}

/** Branch names of the usual convention, so that the checks of pull requests take them. */
export function pullBranch(what: string, tag: string): string {
  return `chore/${what}-${tag.replace(/[^\w.-]+/g, "-")}`;
}

/** Opens a pull request for what may not be done directly. What is there already stays. */
export async function byPull(
  { host }: PublishRequest,
  { side, base, from, title, body, prepare }: ByPull,
): Promise<HostAnswer<string>> {
  const branch = await thenAnswer(await host.findBranch(side), async (there) => {
    if (there !== undefined) return { kind: "ok", value: undefined } as const;
    return thenAnswer(await host.findBranch(from), async (commit) =>
      commit === undefined
        ? ({ kind: "refused", why: "other", reason: `there is no branch ${from}` } as const)
        : host.createBranch(side, commit),
    );
  });
  const prepared = await thenAnswer(branch, async () =>
    prepare ? prepare() : ({ kind: "ok", value: "" } as const),
  );
  return thenAnswer(prepared, async () =>
    thenAnswer(await host.findOpenPull(side, base), async (there) =>
      there
        ? { kind: "ok", value: there.url }
        : mapAnswer(await host.createPull({ head: side, base, title, body }), ({ url }) => url),
    ),
  );
}
