import type { Folder } from "../../survey.ts";
import { readIni } from "../ini.ts";

/** What tox.ini says of one environment, as far as it can be read without running tox. */
export interface ToxEnvironment {
  readonly name: string;
  readonly requirements: readonly string[];
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  readonly commands: readonly string[];
  /** The variables that its commands see. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether a failure there is none. */
  readonly ignored: boolean;
}

type Section = Readonly<Record<string, string>>;

/** The environments of a folder's tox.ini, the one that all others start from first. */
export function readTox(folder: Folder): ToxEnvironment[] {
  const sections = readIni(folder.text("tox.ini") ?? "");
  const base = sections.get("testenv");
  const named = [...sections].filter(([name]) => name.startsWith("testenv:"));
  return [
    ...(base ? [environmentOf("testenv", base)] : []),
    ...named.map(([name, section]) => environmentOf(name.slice("testenv:".length), section)),
  ];
}

function environmentOf(name: string, section: Section): ToxEnvironment {
  return {
    name,
    requirements: linesOf(section.deps).filter((line) => !line.includes("{")),
    extras: linesOf(section.extras).flatMap((line) => line.split(/\s*,\s*/)),
    groups: linesOf(section.dependency_groups).flatMap((line) => line.split(/\s*,\s*/)),
    commands: linesOf(section.commands?.replaceAll(/\\\n/g, " ")),
    variables: variablesOf(linesOf(section.setenv ?? section.set_env)),
    ignored: /^true$/i.test(section.ignore_outcome?.trim() ?? ""),
  };
}

/** What steers the installer or the measuring is tox's own business, as are paths that it makes. */
const toxOnly = /^(COVERAGE_|PIP_|TOX_|VIRTUALENV|UV_|PATH$|HOME$|TMPDIR$)/;

function variablesOf(lines: readonly string[]): Record<string, string> {
  const pairs = lines.flatMap((line): [string, string][] => {
    const [, name = "", value = ""] = /^([A-Za-z_]\w*)\s*=\s*([^{}]*)$/.exec(line) ?? [];
    return name === "" || toxOnly.test(name) ? [] : [[name, value.trim()]];
  });
  return Object.fromEntries(pairs);
}

function linesOf(value: string | undefined): string[] {
  return (value ?? "")
    .split("\n")
    .map((line) => line.replace(/\s#.*$/, "").trim())
    .map(withoutFactor)
    .filter((line): line is string => line !== undefined && line !== "")
    .map(substitute);
}

/** `tests: pytest` counts for the environments that test; what another factor asks for does not. */
function withoutFactor(line: string): string | undefined {
  const conditional = /^([\w!{},.-]+):\s+(.*)$|^([\w!{},.-]+):$/.exec(line);
  if (!conditional) return line;
  const factors = conditional[1] ?? "";
  return /^(tests?|unit|mypy|typing|lint|(py)+[\d{},.pyt]*)$/.test(factors)
    ? conditional[2]
    : undefined;
}

function substitute(line: string): string {
  return line
    .replaceAll(/\{posargs:?([^{}]*)\}/g, "$1")
    .replaceAll(/\{tty:[^{}]*\}/g, "")
    .replaceAll(/\{\[[^\]]*\][^{}]*\}/g, "")
    .replaceAll("{toxinidir}", ".")
    .replaceAll("{tox_root}", ".")
    .replaceAll(/\{env_?python\}/g, "python")
    .replaceAll(/\{env:\w+:([^{}]*)\}/g, "$1")
    .trim();
}
