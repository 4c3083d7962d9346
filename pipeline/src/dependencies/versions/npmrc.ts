/** The registry that an `.npmrc` names for everything that has none of its own. */
export function registryIn(npmrc: string): string | undefined {
  return /^registry\s*=\s*(\S+)/m.exec(npmrc)?.[1];
}
