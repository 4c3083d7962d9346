import type { AdoptionFacts } from "../facts.ts";

/** The README's badges: how the branch that is released stands. */
export function badges({ repository, branches }: AdoptionFacts): string {
  // GitHub reads a relative address from the page of the file, two levels below the repository.
  const base = repository ? `https://github.com/${repository}` : "../..";
  return ["ci-cd", "release"]
    .map((name) => {
      const page = `${base}/actions/workflows/${name}.yml`;
      return `[![${name}](${page}/badge.svg?branch=${encodeURIComponent(branches.main)})](${page})`;
    })
    .join("\n");
}
