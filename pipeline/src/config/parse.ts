import { type Document, isAlias, isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { fail, ok, type Place, type Problem, type Result } from "../errors/problem.ts";
import { problemsOfIssue } from "./issues.ts";
import { type ParsedConfig, writtenConfig } from "./written.ts";

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

  const syntax = syntaxProblems(document, file, lines);
  if (syntax.length > 0) return fail(...syntax);

  const written: unknown = document.toJS({ maxAliasCount: maximumAliases }) ?? {};
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
    mend: "write a UTF-8 text file; `gantry init` makes one that fits the repository",
  });
  if (text.length > maximumBytes) {
    return refuse(`the config has ${text.length} characters; at most ${maximumBytes} are read`);
  }
  if (text.includes("\0") || text.includes("\uFFFD")) {
    return refuse("the config is not text: it holds bytes that are no UTF-8");
  }
  return undefined;
}

function syntaxProblems(document: Document, file: string, lines: LineCounter): Problem[] {
  const problems = document.errors.map((error): Problem => {
    const at = lines.linePos(error.pos[0]);
    const duplicate = error.code === "DUPLICATE_KEY";
    return {
      code: duplicate ? "GANTRY-CONFIG-DUPLICATE-KEY" : "GANTRY-CONFIG-SYNTAX",
      file,
      line: at.line,
      column: at.col,
      message: (error.message.split(" at line ")[0] ?? error.message).trim(),
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
      if (!cyclic && aliases <= maximumAliases) return;
      const at = lines.linePos(alias.range?.[0] ?? 0);
      problems.push({
        code: "GANTRY-CONFIG-CYCLE",
        file,
        line: at.line,
        column: at.col,
        message: cyclic
          ? `\`*${alias.source}\` stands inside the value that it refers to`
          : `more than ${maximumAliases} aliases`,
        mend: "write the value out",
      });
      if (!cyclic) return visit.BREAK;
      return undefined;
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
