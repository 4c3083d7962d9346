import { inline } from "../../report/markdown/escape.ts";

/** How notes point at things; plain words where the repository's address is not known. */
export interface NoteLinks {
  readonly commit: (hash: string) => string;
  readonly pull: (number: string) => string;
  readonly issue: (number: string) => string;
  readonly author: (author: { readonly name: string; readonly email: string }) => string;
  readonly compare: (previous: string | null, tag: string) => string | undefined;
}

export function noteLinks(repository: string | undefined): NoteLinks {
  const found = /^(https?:\/\/[\w.:-]+)\/([\w.-]+\/[\w.-]+)$/.exec(repository ?? "");
  const [, host, path] = found ?? [];
  const link = (text: string, to: string): string =>
    found ? `[${text}](${host}/${path}/${to})` : text;
  const numbered = (number: string): string => (found ? `#${number}` : `&#35;&#8203;${number}`);
  return {
    commit: (hash) => link(`\`${hash.slice(0, 7)}\``, `commit/${hash}`),
    pull: (number) => link(numbered(number), `pull/${number}`),
    issue: (number) => link(numbered(number), `issues/${number}`),
    author: ({ name, email }) => {
      const login = loginOf(email);
      return found && login ? `[${inline(name)}](${host}/${login})` : inline(name);
    },
    compare: (previous, tag) => {
      if (!found) return undefined;
      if (previous === null) return link(inline(tag), `commits/${encodeURIComponent(tag)}`);
      const range = [previous, tag].map(encodeURIComponent).join("...");
      return link(`${inline(previous)}…${inline(tag)}`, `compare/${range}`);
    },
  };
}

/** GitHub's private addresses name the account: `12345+login@users.noreply.github.com`. */
function loginOf(email: string): string | undefined {
  return /^(?:\d+\+)?([\w-]+)@users\.noreply\.github\.com$/.exec(email)?.[1];
}
