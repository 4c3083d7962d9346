/** What the branch that releases are made from is called, where no environment says so. */
export const usualNames = ["main", "master", "trunk"] as const;
