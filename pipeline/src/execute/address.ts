/**
 * The variables that tell a suite where the started application answers: ours, that of most
 * projects, and the one that Playwright itself takes for its `baseURL`.
 * @param address without a slash at its end
 */
export function addressVariables(address: string): Record<string, string> {
  return { DEPLOYED_URL: address, BASE_URL: address, PLAYWRIGHT_TEST_BASE_URL: address };
}
