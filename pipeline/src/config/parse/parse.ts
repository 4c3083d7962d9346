import { type Document, isAlias, isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { fail, ok, type Place, type Problem, type Result } from "../../errors/problem.ts";
import { type ParsedConfig, writtenConfig } from "../written.ts";
import { keepAsWritten } from "./as-written.ts";
import { problemsOfIssue } from "./issues.ts";

const maximumBytes = 1024 * 1024;
const maximumAliases = 100;

/** A parsed config that can still say where each of its values was written. */
export interface LocatedConfig {
  readonly value: ParsedConfig;
  readonly locate: (path: readonly PropertyKey[]) => Place;
}

/**
 * Reads the text of a `gantry.yaml`: size and encoding, YAML syntax, then the schema. Every
 * problem of the first step that has any is reported, with line and column.
 */
export function parseConfig(text: string, file = "gantry.yaml"): Result<LocatedConfig> {
  const unreadable = refuseUnreadable(text, file);
  if (unreadable) return fail(unreadable);

  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const locate = (path: readonly PropertyKey[]): Place => ({
    file,
    ...positionOf(document, lines, path),
  });

  const syntax = syntaxProblems(document, { text, file, lines });
  if (syntax.length > 0) return fail(...syntax);

  keepAsWritten(document);
  const values = valuesOf(document, file);
  if (!values.ok) return values;
  const written = values.value;
  const parsed = writtenConfig.safeParse(written);
  if (!parsed.success) return fail(...schemaProblems(parsed.error, written, locate));
  return ok({ value: parsed.data, locate });
}

function refuseUnreadable(text: string, file: string): Problem | undefined {
  const refuse = (message: string): Problem => ({
    code: "GANTRY-CONFIG-UNREADABLE",
    file,
    line: 1,
    column: 1,
    message,
    mend: "write a UTF-8 text file, or remove it: the repository is then taken as it shows itself",
  });
  if (text.length > maximumBytes) {
    return refuse(`the config has ${text.length} characters; at most ${maximumBytes} are read`);
  }
  if (text.includes("\0") || text.includes("\uFFFD")) {
    return refuse("the config is not text: it holds bytes that are no UTF-8");
  }
  return undefined;
}

/** The values of a document that is sound; an empty one is refused, since nobody means it. */
function valuesOf(document: Document, file: string): Result<unknown> {
  const refuse = (code: Problem["code"], message: string, mend: string) =>
    fail({ code, file, line: 1, column: 1, message, mend });
  try {
    const values: unknown = document.toJS({ maxAliasCount: maximumAliases });
    if (values !== null && values !== undefined) return ok(values);
    const mend = "remove the file, or write `version: 1` to take every default of a config";
    return refuse("GANTRY-CONFIG-UNREADABLE", "the config is empty", mend);
  } catch {
    const message = "the config's aliases make a value that is too large";
    return refuse("GANTRY-CONFIG-CYCLE", message, "write the values out");
  }
}

/** A tag that YAML does not know is a warning of the parser's: what it means is then a guess. */
function syntaxProblems(
  document: Document,
  { text, file, lines }: { text: string; file: string; lines: LineCounter },
): Problem[] {
  const problems = [...document.errors, ...document.warnings].map((error): Problem => {
    const at = lines.linePos(error.pos[0]);
    const duplicate = error.code === "DUPLICATE_KEY";
    return {
      code: duplicate ? "GANTRY-CONFIG-DUPLICATE-KEY" : "GANTRY-CONFIG-SYNTAX",
      file,
      line: at.line,
      column: at.col,
      message: duplicate
        ? `\`${text
            .slice(error.pos[0])
            .match(/^[^:\n]*/)?.[0]
            .trim()}\` stands twice in one map`
        : (error.message.split(" at line ")[0] ?? error.message).trim(),
      mend: duplicate ? "keep one of the two" : "mend the YAML at this place",
    };
  });
  return problems.length > 0 ? problems : aliasProblems(document, file, lines);
}

/** Aliases may repeat a value, but neither contain themselves nor blow up into a huge one. */
function aliasProblems(document: Document, file: string, lines: LineCounter): Problem[] {
  const problems: Problem[] = [];
  let aliases = 0;
  visit(document, {
    Alias(_key, alias, ancestors) {
      aliases += 1;
      const target = alias.resolve(document);
      const cyclic = target !== undefined && ancestors.includes(target as never);
      if (target && !cyclic && aliases <= maximumAliases) return undefined;
      const at = lines.linePos(alias.range?.[0] ?? 0);
      const place = { file, line: at.line, column: at.col };
      const name = `\`*${alias.source}\``;
      if (!target) {
        problems.push({
          code: "GANTRY-CONFIG-SYNTAX",
          ...place,
          message: `${name} refers to nothing that stands before it`,
          mend: `give a value the anchor \`&${alias.source}\`, or quote the text`,
        });
        return undefined;
      }
      problems.push({
        code: "GANTRY-CONFIG-CYCLE",
        ...place,
        message: cyclic
          ? `${name} stands inside the value that it refers to`
          : `more than ${maximumAliases} aliases`,
        mend: "write the value out",
      });
      return cyclic ? undefined : visit.BREAK;
    },
  });
  return problems;
}

function schemaProblems(
  error: z.ZodError,
  written: unknown,
  locate: LocatedConfig["locate"],
): Problem[] {
  return error.issues
    .flatMap((issue) => problemsOfIssue(issue, written, locate))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** Where a path was written: the key for a map's entry, the value for a list's. */
function positionOf(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): { line: number; column: number } {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const offset = offsetOf(document, path.slice(0, depth));
    if (offset !== undefined) {
      const at = lines.linePos(offset);
      return { line: at.line, column: at.col };
    }
  }
  return { line: 1, column: 1 };
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const parents = path.slice(0, -1).map(String);
  const last = String(path.at(-1));
  const raw = parents.length === 0 ? document.contents : document.getIn(parents, true);
  const parent = isAlias(raw) ? raw.resolve(document) : raw;
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === last);
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const node = document.getIn(path.map(String), true) as { range?: [number] } | undefined;
  return node?.range?.[0];
}
