import { InvalidArgumentError } from "commander";

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
