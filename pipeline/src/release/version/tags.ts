import type { Tag, VersionTag } from "../history.ts";
import type { ReleaseComponent, ReleaseSettings } from "../settings.ts";
import { parse, type SemVer } from "./semver.ts";

const forms = ["v{version}", "{version}"];
const componentForms = [
  "{name}-v{version}",
  "{name}@{version}",
  "{name}@v{version}",
  "{name}/v{version}",
  "{name}-{version}",
];

/** Which tags name versions of what is released, and how the next one is written. */
export interface TagForm {
  readonly component?: string;
  /** As the config has it; absent: every usual form is read, and the newest one's is continued. */
  readonly tag?: string;
}

export function formOf(
  settings: Pick<ReleaseSettings, "tag">,
  component: ReleaseComponent | undefined,
): TagForm {
  const tag = component ? component.tag : settings.tag;
  return { ...(component && { component: component.name }), ...(tag && { tag }) };
}

/** The tags that name versions, the highest version first; all others say nothing. */
export function versionTags(tags: readonly Tag[], form: TagForm): VersionTag[] {
  const known = formsOf(form);
  // Each is parsed once: a comparison of texts would parse both, and there may be thousands.
  const parsed = tags.flatMap((tag) => {
    const version = versionOf(tag.name, known);
    return version ? [{ tag, version }] : [];
  });
  parsed.sort((a, b) => b.version.compare(a.version) || (a.tag.name < b.tag.name ? -1 : 1));
  return parsed.map(({ tag, version }) => ({ ...tag, version: version.version }));
}

/** The tag's name for a version, in the form of the tags before it. */
export function tagName(version: string, form: TagForm, before: readonly VersionTag[]): string {
  const newest = before[0];
  const [usual = plainForm, ...others] = formsOf(form);
  const used =
    newest &&
    [usual, ...others].find((each) => versionIn(newest.name, each)?.version === newest.version);
  const { before: front, after } = used ?? usual;
  return `${front}${version}${after}`;
}

/** What stands around the version in a tag's name. */
interface Form {
  readonly before: string;
  readonly after: string;
}

const plainForm: Form = { before: "v", after: "" };

function formsOf({ component, tag }: TagForm): Form[] {
  const all = tag ? [tag] : component ? componentForms : forms;
  return all.map((form) => {
    const [before = "", after = ""] = form.replaceAll("{name}", component ?? "").split("{version}");
    return { before, after };
  });
}

function versionOf(tag: string, known: readonly Form[]): SemVer | undefined {
  for (const form of known) {
    const version = versionIn(tag, form);
    if (version) return version;
  }
  return undefined;
}

function versionIn(tag: string, { before, after }: Form): SemVer | undefined {
  if (!tag.startsWith(before) || !tag.endsWith(after)) return undefined;
  const middle = tag.slice(before.length, tag.length - after.length);
  // semver itself would also read `v1.0.0` and ` 1.0.0`.
  return /^\d/.test(middle) ? (parse(middle) ?? undefined) : undefined;
}
