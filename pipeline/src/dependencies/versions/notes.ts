import { z } from "zod";

/** What a registry tells of a package beside its files. */
export interface PackageFacts {
  /** The newest version that is no pre-release. */
  readonly latest?: string | undefined;
  /** Where changes are told, as an https address. */
  readonly notes?: string | undefined;
}

const text = z.string().nullish().catch(undefined);

export const pypiForm = z
  .object({
    info: z.object({
      version: text,
      home_page: text,
      project_urls: z.record(z.string(), z.string()).nullish().catch(undefined),
    }),
  })
  .transform(({ info }): PackageFacts => {
    const urls = Object.entries(info.project_urls ?? {});
    const named = (pattern: RegExp) => urls.flatMap(([key, url]) => (pattern.test(key) ? url : []));
    const own = named(/change|release|history|what'?s ?new/i);
    const others = [...named(/source|repo|git|code/i), ...named(/home/i), info.home_page ?? ""];
    return factsOf(info.version, own, [...others, ...urls.map(([, url]) => url)]);
  });

export const npmForm = z
  .object({
    version: text,
    homepage: text,
    repository: z
      .union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)])
      .nullish()
      .catch(undefined),
  })
  .transform(({ version, homepage, repository }) =>
    factsOf(version, [], [address(repository ?? ""), homepage ?? ""]),
  );

/** npm writes repositories in ways of its own: `github:a/b`, `a/b`, `git+https://…`, `git@…`. */
function address(repository: string): string {
  const short = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(repository)?.[1];
  if (short) return `https://github.com/${short}`;
  return repository
    .replace(/^git\+/, "")
    .replace(/^(?:git|ssh):\/\/(?:git@)?/, "https://")
    .replace(/^git@([\w.-]+):/, "https://$1/");
}

function factsOf(
  version: string | null | undefined,
  own: readonly string[],
  others: readonly string[],
): PackageFacts {
  const notes = own.flatMap(safeAddress)[0] ?? releasesIn(others) ?? others.flatMap(safeAddress)[0];
  return { ...(version && { latest: version }), ...(notes !== undefined && { notes }) };
}

/** On GitHub a project's releases have a page, whether or not it says so. */
function releasesIn(urls: readonly string[]): string | undefined {
  for (const url of urls.flatMap(safeAddress)) {
    const [, project] =
      /^(https:\/\/github\.com\/[\w.-]+\/[\w.-]+?)(?:\.git)?(?:[/#?]|$)/.exec(url) ?? [];
    if (project) return `${project}/releases`;
  }
  return undefined;
}

/** An address that can stand in a link: https, nobody's password in it, nothing that ends the link. */
function safeAddress(url: string): string[] {
  if (!URL.canParse(url) || url.length > 1000) return [];
  const { protocol, username, password, href } = new URL(url);
  if (protocol !== "https:" || username !== "" || password !== "") return [];
  return [
    href.replace(/[()'*!|`[\]<>\\_~]/g, (sign) =>
      sign === "_" || sign === "~"
        ? sign
        : `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
    ),
  ];
}
