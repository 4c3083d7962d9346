import { fail, ok, type Problem, type Result } from "../errors/problem.ts";

/** What RUN in `gantry reproduce RUN` means. */
export type RunName =
  | {
      readonly kind: "github";
      readonly id: number;
      readonly attempt?: number;
      /** `owner/name`; absent where only a number was given. */
      readonly repository?: string;
    }
  | { readonly kind: "saved"; readonly name: string };

/** Where runs are seen, unless GitHub is a server of one's own. */
export const defaultServer = "https://github.com";

const number = /^[1-9]\d{0,14}$/;
const below =
  /^\/([\w.-]{1,100})\/([\w.-]{1,100})\/actions\/runs\/([1-9]\d{0,14})(?:\/attempts\/([1-9]\d{0,5}))?(?:\/(?:jobs?\/\d{1,20}|artifacts\/\d{1,20}|workflow|usage))?\/?$/;

/**
 * A run's number on GitHub, its address there, or else a run's id or folder on this machine. A
 * folder whose name is a number is named with its place: `./123`.
 */
export function readRunName(word: string, server: string = defaultServer): Result<RunName> {
  if (number.test(word)) return ok({ kind: "github", id: Number(word) });
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(word)) return readAddress(word, server);
  if (/^(www\.)?github\.com\//i.test(word)) return readAddress(`https://${word}`, server);
  if (word.trim() === "") return refused(word, "it is empty");
  if (/^\d+$/.test(word))
    return refused(word, "a run's number has 1 to 15 digits and no 0 in front");
  if (/\p{Cc}/u.test(word)) return refused(word, "it has control characters");
  return ok({ kind: "saved", name: word });
}

function readAddress(word: string, server: string): Result<RunName> {
  const url = URL.parse(word);
  if (!url) return refused(word, "it is no address");
  if (url.username || url.password)
    return refused(word.replace(/\/\/[^/]*@/, "//…@"), "it holds a login");
  if (!isServer(url, server)) {
    return refused(
      word,
      `its server is not ${server}`,
      "name a run of that server, or set GITHUB_SERVER_URL and GITHUB_API_URL to a GitHub of your own",
    );
  }
  const [, owner = "", name = "", id, attempt] = below.exec(url.pathname) ?? [];
  if (!id || !isName(owner) || !isName(name))
    return refused(word, "it leads to no run of GitHub Actions");
  const repository = `${owner}/${name}`;
  return ok({
    kind: "github",
    id: Number(id),
    repository,
    ...(attempt && { attempt: Number(attempt) }),
  });
}

/** Only there: a token must not be sent wherever a pasted address leads. */
function isServer({ origin }: URL, server: string): boolean {
  const known = URL.parse(server)?.origin;
  return origin === known || (known === defaultServer && origin === "https://www.github.com");
}

/** The words `.` and `..` would lead elsewhere. */
function isName(word: string): boolean {
  return !/^\.*$/.test(word);
}

function refused(
  word: string,
  why: string,
  mend = howTo,
): { ok: false; problems: readonly Problem[] } {
  return fail({
    code: "GANTRY-RUN-NAME",
    message: `${JSON.stringify(word.slice(0, 200))} names no run: ${why}`,
    mend,
  });
}

const howTo =
  "give a run's number (1234567890), its address (https://github.com/OWNER/NAME/actions/runs/1234567890), or a run's id or folder on this machine";
