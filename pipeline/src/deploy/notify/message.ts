import { duration, percent } from "../../report/words.ts";
import { meanings } from "../verdict.ts";
import { mendCommands } from "./mend-commands.ts";
import { type Told, versionName } from "./told.ts";

/** What a chat is told, before it takes the form of one service. Values are data from outside. */
export interface Message {
  readonly tone: "good" | "bad" | "unsure";
  /** For lists and pop-ups. */
  readonly headline: string;
  readonly title: string;
  /** Said before everything else. */
  readonly alarm: string | undefined;
  readonly facts: readonly Fact[];
  /** What happened, in order; the first to be cut. */
  readonly why: readonly string[];
  readonly action: string | undefined;
  readonly commands: readonly string[];
  readonly links: readonly Link[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

/** A deploy as a message, in the form that the seed of this product gives for Slack. */
export function messageOf(told: Told): Message {
  const words = wordsOf(told);
  const good = told.verdict === "live";
  return {
    ...words,
    alarm: alarmOf(told),
    facts: good ? goodFacts(told) : badFacts(told),
    why: good ? [] : told.why,
    action: good ? undefined : actionOf(told),
    commands: good ? [] : mendCommands(told),
    links: [
      ...(told.url ? [{ label: `View ${capital(told.environment)}`, url: told.url }] : []),
      ...(told.runUrl ? [{ label: "View Workflow", url: told.runUrl }] : []),
    ],
  };
}

const nouns = { deploy: "deployment", rollback: "rollback", promote: "promotion" } as const;

export function nounOf({ kind }: Pick<Told, "kind">): string {
  return nouns[kind];
}

function wordsOf(told: Told): Pick<Message, "tone" | "headline" | "title"> {
  const noun = nounOf(told);
  const environment = capital(told.environment);
  const title = `${environment} ${capital(noun)}`;
  const named = `${environment} ${noun}`;
  if (told.verdict === "live") return { tone: "good", headline: `✅ ${title} Successful`, title };
  const alarmed = alarmOf(told) ? "the rollback failed" : undefined;
  const what = told.rollback === "impossible" ? "not rolled back" : alarmed;
  const unsure = unsureWords(told);
  if (what) {
    return {
      tone: "bad",
      headline: `🚨 ${what.toUpperCase()}: ${named} failed`,
      title: `${title} Failed`,
    };
  }
  if (!unsure) return { tone: "bad", headline: `🚨 ${named} failed`, title: `${title} Failed` };
  return { tone: "unsure", headline: `⚠️ ${named} ${unsure}`, title: `${title} ${capital(unsure)}` };
}

function unsureWords({ verdict }: Told): string | undefined {
  if (verdict === "cancelled") return "cancelled";
  if (meanings[verdict].exit !== 3) return undefined;
  return verdict === "unproven" ? "not proven" : "ended unknown";
}

function alarmOf({ rollback, environment }: Told): string | undefined {
  if (rollback === "failed") return `THE ROLLBACK FAILED: look at ${environment} now`;
  if (rollback === "impossible") return "NOT ROLLED BACK: the new version still serves";
  return undefined;
}

function goodFacts(told: Told): readonly Fact[] {
  return facts([
    ["Version", told.version],
    ["Commit", told.commit.slice(0, 12)],
    ["Deployed by", byLine(told.actor)],
    ["Duration", duration(told.seconds)],
    ["Coverage", told.coverage === undefined ? undefined : percent(told.coverage)],
  ]);
}

function badFacts(told: Told): readonly Fact[] {
  const { serving, rollback } = told;
  return facts([
    ["Version", told.version],
    ["Commit", told.commit.slice(0, 12)],
    ["Workflow", told.runId],
    ["Verdict", `${told.verdict}: ${told.environment} ${meanings[told.verdict].means}`],
    ["Rollback", rollback === "done" ? "done, and the version before it is proven" : undefined],
    ["Serves now", serving ? `${versionName(serving)}, deployment ${serving.id}` : "not known"],
    ["Deployed by", byLine(told.actor)],
    ["Duration", duration(told.seconds)],
  ]);
}

/** The words by which chats call everybody are no names of people. */
function byLine(actor: string): string {
  return /^(everyone|here|channel|group)\b/i.test(actor) ? actor : `@${actor}`;
}

function actionOf({ verdict, rollback }: Told): string {
  const { mend } = meanings[verdict];
  if (rollback === "done") return `Check logs; it is rolled back already. Mend: ${mend}.`;
  if (verdict === "cancelled") return `${capital(mend)}.`;
  return `Check logs and rollback if necessary. Mend: ${mend}.`;
}

function facts(pairs: readonly (readonly [string, string | undefined])[]): readonly Fact[] {
  return pairs.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
