import type { Command } from "../../config/config.ts";

/** What is asked about, as gantry.yaml says it. */
export interface AuditWish {
  /** Whether packages that only development needs count. */
  readonly development: boolean;
}

/** How a database of vulnerabilities is asked about the packages of one file. */
export interface AuditPlan {
  /** The lock or manifest that findings stand in, relative to the component. */
  readonly file: string;
  /** The only files that it sees, relative to the source; absent: all. */
  readonly include?: readonly string[];
  /** What names the packages first, where nothing in the source does; and the file that it leaves. */
  readonly prepare?: { readonly argv: Command; readonly leaves: string };
  /** What asks; `prepared` is the file that a preparation has left in its reports. */
  readonly ask: (prepared: string) => Command;
  readonly format: "npm-audit" | "pnpm-audit" | "pip-audit";
  /** Why nobody can be asked; then nothing is run. */
  readonly lacks?: string;
  /** What the file names and nobody is asked about. */
  readonly without?: string;
}

/** What a preparation for Python leaves: every package with its version. */
export const requirements = "requirements.txt";
