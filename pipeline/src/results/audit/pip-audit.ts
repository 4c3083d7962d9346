import { z } from "zod";
import { type Parsed, parsed } from "../parsed.ts";
import { readAnswer } from "./answer.ts";
import type { Advisory, Audited } from "./audited.ts";
import { lineOf } from "./document.ts";

const vulnerability = z.object({
  id: z.string().min(1),
  fix_versions: z.array(z.string()).default([]),
  aliases: z.array(z.string()).default([]),
  description: z.string().default("no description"),
});

const dependency = z.union([
  z.object({ name: z.string(), skip_reason: z.string() }),
  z.object({ name: z.string(), version: z.string(), vulns: z.array(vulnerability) }),
]);

const report = z.object({ dependencies: z.array(dependency) });

/**
 * Reads what `pip-audit --format json` says. It ends with 0 and "no known vulnerabilities" also
 * where it skipped every package, so only what was not skipped counts as asked.
 */
export function parsePipAudit(text: string): Parsed<Audited> {
  const read = readAnswer(text, report);
  if (!read.ok) return read;
  const advisories = new Map<string, Advisory>();
  const notAsked: { package: string; reason: string }[] = [];
  let asked = 0;
  for (const one of read.value.dependencies) {
    if ("vulns" in one) {
      asked += 1;
      for (const found of one.vulns) {
        const known = advisoryOf(one.name, one.version, found);
        advisories.set(`${known.id} ${known.package}`, known);
      }
    } else if (!isOwn(one.name)) {
      notAsked.push({ package: lineOf(one.name), reason: lineOf(one.skip_reason) });
    }
  }
  return parsed({ asked, advisories: [...advisories.values()], notAsked });
}

/** A folder of the repository itself, which no database knows; an archive in it is a stranger's. */
function isOwn(name: string): boolean {
  const place = /^(?:-e )?(?:file:\/\/)?(.+)$/.exec(name)?.[1] ?? "";
  const local = name.startsWith("-e ") || name.startsWith("file:") || place.includes("/");
  return local && !place.includes("://") && !/[-.](whl|zip|gz|bz2|xz)$/.test(place);
}

function advisoryOf(
  name: string,
  version: string,
  found: z.output<typeof vulnerability>,
): Advisory {
  const [first, ...later] = found.fix_versions.map((one) => lineOf(one));
  return {
    id: lineOf(found.id),
    aliases: found.aliases.map((one) => lineOf(one)),
    package: lineOf(name),
    version: lineOf(version),
    title: lineOf(found.description),
    mend: first
      ? `update to ${[first, ...later].join(" or ")}, or above`
      : "there is no version without it yet: replace the package",
  };
}
