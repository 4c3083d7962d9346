/** Where the run of this job is seen, as GitHub's own variables say; nothing where there are none. */
export function githubRunUrl(env: NodeJS.ProcessEnv): { url?: string } {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return server && repository && run ? { url: `${server}/${repository}/actions/runs/${run}` } : {};
}
