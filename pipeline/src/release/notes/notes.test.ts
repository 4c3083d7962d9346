import { expect, test } from "vitest";
import { hashOf, lineOf } from "../../../test/builders/history.ts";
import { changesOf } from "../commits/collect.ts";
import { type NotesRequest, notesOf } from "./notes.ts";

const notes = (messages: readonly string[], more: Partial<NotesRequest> = {}): string =>
  notesOf({
    changes: changesOf(lineOf(messages)).toReversed(),
    previous: "v1.0.0",
    tag: "v2.0.0",
    repository: "https://github.com/o/n",
    ...more,
  });

test("what breaks comes first with the way to move; features, fixes; the rest folded", () => {
  const text = notes([
    "chore: tidy",
    "Something else",
    "fix(web): mend `a_b` (#3)\n\nCloses #2",
    "feat: add",
    "feat(api)!: drop v1 (#5)\n\nBREAKING CHANGE: call v2 instead:\n\n`GET /v2`",
  ]);
  const short = (number: number): string =>
    `[\`${hashOf(number).slice(0, 7)}\`](https://github.com/o/n/commit/${hashOf(number)})`;
  expect(text).toBe(`### Breaking changes

- **api:** drop v1 ([#5](https://github.com/o/n/pull/5)) by Ada

  > call v2 instead:
  >
  > \`GET /v2\`

### Features

- add (${short(4)}) by Ada

### Fixes

- **web:** mend \`a_b\` ([#3](https://github.com/o/n/pull/3)), closes [#2](https://github.com/o/n/issues/2) by Ada

<details>
<summary>Chores (1)</summary>

- **chore:** tidy (${short(1)}) by Ada

</details>

<details>
<summary>Other changes (1)</summary>

- Something else (${short(2)}) by Ada

</details>

**All changes:** [v1.0.0…v2.0.0](https://github.com/o/n/compare/v1.0.0...v2.0.0)
`);
});

test.each([
  "feat: </details><script>alert(1)</script>",
  "feat: [click](https://evil.example) ![x](https://evil.example/x.png)",
  "feat: @everyone look at #1",
  "feat(**]x[**): a\u202eb",
  "feat!: a\n\nBREAKING CHANGE: <img src=x onerror=alert(1)>\n---\n# Heading\n</details>",
])("%j means nothing but itself", (message) => {
  const text = notes([message]);
  expect(text).not.toMatch(/<(?!\/?(details|summary)>)/);
  expect(text).not.toMatch(/\]\(https:\/\/evil|@everyone|\u202e|^ *> *-+$|^ *>? *# /m);
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
});

test("accounts are linked where the address names them, newcomers are thanked", () => {
  const changes = ["b", "c"].map((name, index) => ({
    ...changesOf(lineOf(["feat: x"]))[0],
    author: { name, email: index === 0 ? `1+${name}@users.noreply.github.com` : "c@example.com" },
  })) as unknown as NotesRequest["changes"];
  const text = notes([], { changes, newcomers: ["1+b@users.noreply.github.com", "c@example.com"] });
  expect(text).toContain("Thanks to [b](https://github.com/b) and c for a first contribution.");
});

test("without a known address there are no links", () => {
  const changes = changesOf(lineOf(["feat: x (#3)"]));
  expect(notesOf({ changes, previous: null, tag: "v1.0.0" })).not.toContain("](");
});

test("a history of any length stays below what GitHub takes", () => {
  const long = Array.from({ length: 3000 }, (_, index) => `feat: ${"word ".repeat(80)}${index}`);
  const text = notes([...long, ...long.map((line) => line.replace("feat", "chore"))]);
  expect(text.length).toBeLessThan(110_000);
  expect(text).toContain("more");
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
});
