/** Where GitHub is, as a function's arguments say it; a module sees no environment. */
export interface GithubPlace {
  /** owner/name on GitHub. */
  readonly githubRepository?: string | undefined;
  /** GitHub's API, where it is a server of one's own. */
  readonly githubUrl?: string | undefined;
}

/** Repository and servers as a workflow's environment names them; what is not said is not there. */
export function githubVariables(
  { githubRepository, githubUrl }: GithubPlace,
  triggered: string | undefined,
): Record<string, string> {
  const repository = githubRepository ?? triggered;
  const server = githubUrl && serverOf(githubUrl);
  return {
    ...(repository && { GITHUB_REPOSITORY: repository }),
    ...(githubUrl && { GITHUB_API_URL: githubUrl }),
    ...(server && { GITHUB_SERVER_URL: server }),
  };
}

/** Where people read what an API tells: `https://HOST/api/v3`, or `https://api.HOST`. */
function serverOf(api: string): string | undefined {
  const url = URL.parse(api);
  return url ? `${url.protocol}//${url.host.replace(/^api\./, "")}` : undefined;
}
