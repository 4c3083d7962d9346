import {
  answer,
  type FileWrite,
  type HostAnswer,
  type HostPull,
  type HostRelease,
  type ReleaseHost,
  refuse,
} from "../../src/release/publish/host.ts";

/** A process that was killed: nothing after it happens. */
export class Killed extends Error {}

/** What happens to the calls of one run: each may be struck before or after it took effect. */
export type Fault = "killed-before" | "killed-after" | "lost-before" | "lost-after";

interface StoredRelease extends HostRelease {
  readonly prerelease: boolean;
}

interface Branch {
  readonly commits: Set<string>;
  tip: string;
  readonly files: Map<string, string>;
}

/** A place for releases in memory, with the rules of the real one. */
export class ReleaseWorld {
  readonly tags = new Map<string, string>();
  releases: StoredRelease[] = [];
  readonly branches = new Map<string, Branch>();
  pulls: (HostPull & { readonly head: string; readonly base: string; open: boolean })[] = [];
  told: string[] = [];
  /** Branches that take pull requests only. */
  readonly protected = new Set<string>();
  /** Pairs that do not fit together: `develop<main`. */
  readonly conflicts = new Set<string>();
  immutable = false;
  #next = 1;

  constructor(branches: Readonly<Record<string, readonly string[]>>) {
    for (const [name, commits] of Object.entries(branches)) {
      const tip = commits.at(-1) ?? "";
      this.branches.set(name, { commits: new Set(commits), tip, files: new Map() });
    }
  }

  /** The world as one run sees it; `strike` says what befalls its n-th call, from 0. */
  host(
    strike: (call: number) => Fault | undefined = () => undefined,
    turn: () => Promise<void> = async () => {},
  ): ReleaseHost & { tell: (url: string) => Promise<HostAnswer<undefined>> } {
    let calls = 0;
    const call = async <T>(effect: () => HostAnswer<T>): Promise<HostAnswer<T>> => {
      const fault = strike(calls++);
      await turn();
      if (fault === "killed-before") throw new Killed();
      if (fault === "lost-before") return { kind: "unknown", reason: "lost" };
      const result = effect();
      await turn();
      if (fault === "killed-after") throw new Killed();
      return fault === "lost-after" ? { kind: "unknown", reason: "lost" } : result;
    };
    return {
      findTag: (name) => call(() => answer(this.tags.get(name))),
      createTag: (name, commit) =>
        call(() => {
          if (this.tags.has(name)) return refuse("taken", "reference already exists");
          this.tags.set(name, commit);
          return answer(undefined);
        }),
      listReleases: (tag) =>
        call(() => answer(structuredClone(this.releases.filter((one) => one.tag === tag)))),
      createDraft: ({ tag, title: _title, body, prerelease }) =>
        call(() => {
          const id = this.#id();
          const url = `https://example.com/releases/${id}`;
          const made = { id, tag, body, prerelease, draft: true, url, uploadUrl: url, assets: [] };
          this.releases.push(made);
          return answer(structuredClone(made));
        }),
      uploadAsset: ({ id }, { name }) =>
        call(() =>
          this.#change(id, (release) => {
            if (!release.draft && this.immutable) return refuse("immutable", "it is immutable");
            if (release.assets.some((asset) => asset.name === name)) {
              return refuse("taken", "already_exists");
            }
            const assets = [...release.assets, { id: this.#id(), name, whole: true }];
            return { ...release, assets };
          }),
        ),
      deleteHalfAsset: (half) =>
        call(() => {
          this.releases = this.releases.map((release) => ({
            ...release,
            assets: release.assets.filter(({ id, whole }) => id !== half.id || whole),
          }));
          return answer(undefined);
        }),
      publish: ({ id }) =>
        call(() =>
          this.#change(id, (release) => {
            const twin = this.releases.some((one) => one.tag === release.tag && !one.draft);
            return twin ? refuse("taken", "already_exists") : { ...release, draft: false };
          }),
        ),
      deleteDraft: ({ id }) =>
        call(() => {
          if (this.releases.some((one) => one.id === id && !one.draft))
            throw new Error("published");
          this.releases = this.releases.filter((one) => one.id !== id);
          return answer(undefined);
        }),
      setBody: ({ id }, body) => call(() => this.#change(id, (release) => ({ ...release, body }))),
      findBranch: (name) => call(() => answer(this.branches.get(name)?.tip)),
      createBranch: (name, commit) =>
        call(() => {
          if (this.branches.has(name)) return refuse("taken", "reference already exists");
          const from = [...this.branches.values()].find(({ tip }) => tip === commit);
          if (!from) return refuse("other", "no such commit");
          const files = new Map(from.files);
          this.branches.set(name, { commits: new Set(from.commits), tip: commit, files });
          return answer(undefined);
        }),
      readFile: (path, branch) =>
        call(() => {
          const content = this.branches.get(branch)?.files.get(path);
          return answer(content === undefined ? undefined : { content, version: content });
        }),
      writeFile: (write) => call(() => this.#write(write)),
      countAhead: (base, head) => call(() => answer(this.#ahead(base, head).length)),
      merge: (base, head) =>
        call(() => {
          if (this.protected.has(base)) return refuse("protected", "by pull request only");
          if (this.#ahead(base, head).length === 0) return answer(undefined);
          if (this.conflicts.has(`${base}<${head}`)) return refuse("conflict", "merge conflict");
          const [to, from] = [this.#branch(base), this.#branch(head)];
          for (const commit of from.commits) to.commits.add(commit);
          for (const [path, content] of from.files) to.files.set(path, content);
          to.tip = `merge-${this.#id()}`;
          to.commits.add(to.tip);
          return answer(undefined);
        }),
      findOpenPull: (head, base) => call(() => answer(this.#openPull(head, base))),
      createPull: (pull) =>
        call(() => {
          if (this.#openPull(pull.head, pull.base)) return refuse("taken", "exists");
          if (this.#ahead(pull.base, pull.head).length === 0) return refuse("other", "no commits");
          const number = this.#id();
          const made = { ...pull, number, url: `https://example.com/pull/${number}`, open: true };
          this.pulls.push(made);
          return answer({ ...made });
        }),
      updatePull: (number, title, body) =>
        call(() => {
          this.pulls = this.pulls.map((one) =>
            one.number === number ? { ...one, title, body } : one,
          );
          return answer(undefined);
        }),
      tell: (url) =>
        call(() => {
          this.told.push(url);
          return answer(undefined);
        }),
    };
  }

  /** Everything that people can see, without numbers that differ from run to run. */
  seen() {
    return {
      tags: Object.fromEntries(this.tags),
      releases: this.releases.map(({ tag, draft, body, prerelease, assets }) => ({
        tag,
        draft,
        body,
        prerelease,
        assets: assets.map(({ name, whole }) => `${name}${whole ? "" : " (half)"}`).sort(),
      })),
      files: Object.fromEntries(
        [...this.branches].map(([name, { files }]) => [name, Object.fromEntries(files)]),
      ),
      pulls: this.pulls
        .map(({ head, base, title, open }) => ({ head, base, title, open }))
        .sort((a, b) => (a.head < b.head ? -1 : 1)),
      told: this.told.length > 0,
      behind: this.branches.has("develop") ? this.#ahead("develop", "main").length : 0,
    };
  }

  #id(): number {
    return this.#next++;
  }

  #branch(name: string): Branch {
    const branch = this.branches.get(name);
    if (!branch) throw new Error(`no branch ${name}`);
    return branch;
  }

  #ahead(base: string, head: string): string[] {
    const held = this.#branch(base).commits;
    return [...this.#branch(head).commits].filter((commit) => !held.has(commit));
  }

  #openPull(head: string, base: string): HostPull | undefined {
    return this.pulls.find((pull) => pull.open && pull.head === head && pull.base === base);
  }

  #write({ path, branch, content, version }: FileWrite): HostAnswer<undefined> {
    if (this.protected.has(branch)) return refuse("protected", "by pull request only");
    const to = this.#branch(branch);
    if (to.files.get(path) !== version) return refuse("taken", "it has changed meanwhile");
    to.files.set(path, content);
    to.tip = `write-${this.#id()}`;
    to.commits.add(to.tip);
    return answer(undefined);
  }

  #change(
    id: number,
    change: (release: StoredRelease) => StoredRelease | ReturnType<typeof refuse>,
  ): HostAnswer<undefined> {
    const found = this.releases.find((one) => one.id === id);
    if (!found) return refuse("other", "no such release");
    const changed = change(found);
    if ("kind" in changed) return changed;
    this.releases = this.releases.map((one) => (one.id === id ? changed : one));
    return answer(undefined);
  }
}
