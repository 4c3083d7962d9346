import type { Run } from "../../execute/run.ts";
import { code } from "./escape.ts";

/** Shows a place in a file: as a link to that very commit where the repository's address is known. */
export type Links = (file: string, line?: number, column?: number) => string;

export function createLinks(run: Run): Links {
  const repository = /^(https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+)\/actions\/runs\/\d+/.exec(
    run.url ?? "",
  )?.[1];
  const { commit } = run.plan.trigger;
  const linked = repository !== undefined && /^[0-9a-f]{7,64}$/.test(commit);
  return (file, line, column) => {
    const place = code([file, line, column].filter((part) => part !== undefined).join(":"), 300);
    if (!linked) return place;
    const path = file.split("/").map(encode).join("/");
    return `[${place}](${repository}/blob/${commit}/${path}${line ? `#L${line}` : ""})`;
  };
}

/** Round brackets would end a link; a lone half of a character pair cannot be encoded at all. */
function encode(part: string): string {
  return encodeURIComponent(part.toWellFormed()).replace(
    /[()'*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
