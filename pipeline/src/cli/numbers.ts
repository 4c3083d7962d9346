import { InvalidArgumentError } from "commander";
import { secondsOf } from "../config/durations.ts";

/** A word that says how many. */
export function count(word: string): number {
  const number = Number(word);
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
  throw new InvalidArgumentError("It is a whole number from 1 on.");
}

/** A word that says how long, in seconds; a day at most. */
export function seconds(word: string): number {
  const number = Number(word);
  if (word.trim() !== "" && number >= 0 && number <= 86_400) return number;
  throw new InvalidArgumentError("It is a number of seconds.");
}

/** A word that says how far back, in seconds: from a minute to ten years. */
export function period(word: string): number {
  const seconds = /^\d{1,6}[mhd]$/.test(word) ? secondsOf(word) : 0;
  if (seconds >= 60 && seconds <= 3650 * 86_400) return seconds;
  throw new InvalidArgumentError("It is a time such as 30d, 12h or 90m, ten years at most.");
}
