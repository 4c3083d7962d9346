import type { NotChecked, PullRequestFinding } from "../pull-request/finding.ts";
import { visibleLine } from "../report/visible.ts";
import { isWrong, type SecretRow } from "./check-secrets.ts";

export interface SecretsReport {
  readonly rows: readonly SecretRow[];
  /** What is wrong with `.gitignore` and `.env.example`. */
  readonly findings: readonly PullRequestFinding[];
  readonly notChecked: readonly NotChecked[];
}

/** The rows for people: the name, whether it is there, its age, and how what is wrong is mended. */
export function secretsText({ rows, findings, notChecked }: SecretsReport, color: boolean): string {
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  const lines = rows.flatMap((row) => {
    const head = `${mark(row, color)} ${row.name.padEnd(width)}  ${stateWords(row)}${ageWords(row)}`;
    const needed = `    for: ${row.where.join(", ")}${row.optional ? " (optional)" : ""}`;
    return [head, needed, ...mendOf(row)];
  });
  const more = findings.flatMap(({ file, message, mend }) => [
    `✗ ${visibleLine(file ?? "")}: ${visibleLine(message)}`,
    `    mend: ${visibleLine(mend)}`,
  ]);
  const unknown = notChecked.flatMap(({ check, reason, mend }) => [
    `? ${check}: not checked`,
    `    ${visibleLine(reason)}`,
    `    mend: ${visibleLine(mend)}`,
  ]);
  const none = rows.length === 0 ? ["the config names no secret"] : [];
  return `${[...none, ...lines, ...more, ...unknown].join("\n")}\n`;
}

function mark(row: SecretRow, color: boolean): string {
  const unsure = row.state === "missing" || row.age.state === "due-soon";
  const [sign, code] = isWrong(row) ? ["✗", "31"] : unsure ? ["○", "33"] : ["✓", "32"];
  return color ? `\u001b[${code}m${sign}\u001b[0m` : sign;
}

const sources = {
  environment: "in this environment",
  workflow: "as the workflow says",
  github: "on GitHub",
} as const;

function stateWords({ state, source }: SecretRow): string {
  if (state === "given") return "given by GitHub to every job";
  return `${state} ${sources[source]}`;
}

function ageWords({ age, state }: SecretRow): string {
  if (state !== "present" || age.state === "unlimited") return "";
  if (age.state === "unknown") return `, age not known (renew every ${age.limitDays} days)`;
  const days = `${age.days} ${age.days === 1 ? "day" : "days"} old`;
  return age.state === "overdue"
    ? `, ${days}: was due on ${age.due}`
    : `, ${days}, due on ${age.due}`;
}

function mendOf(row: SecretRow): string[] {
  const { name, state, age, optional, renew } = row;
  if (state === "missing") {
    return [
      `    ${optional ? "to add it" : "mend"}: \`gh secret set ${name}\` on GitHub, or set the variable here`,
    ];
  }
  if (state !== "present") return [];
  if (age.state === "overdue" || age.state === "due-soon") return [`    renew: ${renew}`];
  return age.state === "unknown"
    ? [`    say its age: \`${name}: { rotated: YEAR-MONTH-DAY }\` under \`secrets\` in gantry.yaml`]
    : [];
}
