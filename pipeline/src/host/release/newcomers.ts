import { git } from "../git.ts";

/** Of these authors' addresses, those that have nothing in the history up to a commit. */
export async function newcomersSince(
  directory: string,
  commit: string | undefined,
  emails: readonly string[],
): Promise<string[]> {
  // In a first version everybody would be new.
  if (commit === undefined || emails.length === 0) return [];
  const before = await git(directory, ["log", "--format=%ae", "--end-of-options", commit, "--"]);
  if (!before.ok) return [];
  const known = new Set(before.value.split("\n"));
  return [...new Set(emails)].filter((email) => !known.has(email) && !isBot(email));
}

function isBot(email: string): boolean {
  return /\[bot\]@|^bot@|noreply@github\.com$/.test(email);
}
