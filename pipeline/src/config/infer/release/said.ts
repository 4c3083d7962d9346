import { defaultTypes, type Level } from "../../../release/settings.ts";
import type { Inference } from "../../config.ts";
import { channelName, tagPattern, typeName } from "../../written/release-words.ts";
import type { ParsedConfig } from "../../written.ts";
import type { ToolRules } from "./tool.ts";

type WrittenRelease = NonNullable<ParsedConfig["release"]>;

interface Said {
  readonly release: WrittenRelease;
  readonly inferred: readonly Inference[];
  readonly warnings: readonly string[];
}

/** A tool's rules in the written form: only what differs from Gantry's own, each with its reason. */
export function releaseOf(tool: string, rules: ToolRules): Said {
  const zero = zeroOf(rules);
  const types = typesOf(rules);
  const tag = rules.tag !== undefined && isTag(rules.tag) ? rules.tag : undefined;
  const channels = channelsOf(rules);
  const from = `${rules.from} of ${tool}`;
  const said = [
    zeroText(zero),
    typesText(types),
    tag && `tags are written ${tag}`,
    channelText(channels),
  ];
  return {
    release: {
      ...(Object.keys(zero).length > 0 && { zero }),
      ...(Object.keys(types).length > 0 && { types }),
      ...(rules.anything && { unconventional: "patch" as const }),
      ...(tag && { tag }),
      ...(Object.keys(channels).length > 0 && { channels }),
    },
    inferred: said.filter((what) => what).map((what) => ({ what: what as string, from })),
    warnings: unsaidText(from, rules, tag),
  };
}

function zeroOf({ zero }: ToolRules): NonNullable<WrittenRelease["zero"]> {
  return {
    ...(zero?.breaking === "major" && { breaking: "major" as const }),
    ...(zero?.feature === "minor" && { feature: "minor" as const }),
  };
}

/** What the tool counts, and for what it does not count that Gantry would, that it calls for nothing. */
function typesOf({ types, anything }: ToolRules): Record<string, Level | "none"> {
  const rest = anything ? "patch" : "none";
  const atLeast = (level: Level | "none") => (level === "none" ? rest : level);
  const all = types
    ? { ...Object.fromEntries(usualTypes.map((type) => [type, rest] as const)), ...types }
    : {};
  const differing = Object.entries(all)
    .map(([type, level]) => [type, atLeast(level)] as const)
    .filter(([type, level]) => typeName.test(type) && level !== (usual(type) ?? rest));
  return {
    ...Object.fromEntries(differing),
    ...(anything && { "*": "patch" as const }),
  };
}

const usualTypes = Object.keys(defaultTypes);

function usual(type: string): Level | "none" | undefined {
  return Object.hasOwn(defaultTypes, type) ? defaultTypes[type] : undefined;
}

/** Git allows no control characters in a tag's name, and what is shown must not have any. */
function isTag(tag: string): boolean {
  return tag.length <= 200 && tagPattern.test(tag) && !/\p{Cc}/u.test(tag) && isOnce(tag);
}

function isOnce(tag: string): boolean {
  return tag.split("{version}").length === 2;
}

function channelsOf({ channels = {} }: ToolRules): Record<string, string> {
  return Object.fromEntries(
    Object.entries(channels).filter(
      ([branch, name]) =>
        /^[\w./-]{1,200}$/.test(branch) && branch !== "__proto__" && isChannel(name),
    ),
  );
}

function isChannel(name: unknown): boolean {
  return typeof name === "string" && name.length <= 100 && channelName.test(name);
}

function zeroText({ breaking, feature }: NonNullable<WrittenRelease["zero"]>): string | undefined {
  const parts = [
    ...(breaking ? ["a breaking change makes 1.0.0"] : []),
    ...(feature ? ["a feature makes a minor version"] : []),
  ];
  return parts.length > 0 ? `below 1.0.0 ${parts.join(" and ")}` : undefined;
}

function typesText(types: Record<string, Level | "none">): string | undefined {
  const levels = ["major", "minor", "patch", "none"] as const;
  const parts = levels.flatMap((level) => {
    const names = Object.keys(types).filter((type) => type !== "*" && types[type] === level);
    const what = level === "none" ? "nothing" : `a ${level}`;
    return names.length > 0
      ? [`${names.join(", ")} ${names.length > 1 ? "call" : "calls"} for ${what}`]
      : [];
  });
  const rest = types["*"] ? ["anything else makes a patch"] : [];
  return [...parts, ...rest].join("; ") || undefined;
}

function channelText(channels: Record<string, string>): string | undefined {
  const branches = Object.keys(channels);
  return branches.length > 0 ? `pre-releases are made from ${branches.join(", ")}` : undefined;
}

function unsaidText(from: string, rules: ToolRules, tag: string | undefined): string[] {
  const wrongTag = rules.tag !== undefined && !tag ? ["how tags are written"] : [];
  const unsaid = [...(rules.unsaid ?? []), ...wrongTag];
  if (unsaid.length === 0) return [];
  return [`${from} sets more than \`release\` in gantry.yaml can say: ${unsaid.join("; ")}`];
}
