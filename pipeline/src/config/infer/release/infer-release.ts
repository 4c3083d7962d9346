import type { Inference } from "../../config.ts";
import type { ParsedConfig } from "../../written.ts";
import { type Documents, readDocuments } from "./documents.ts";
import type { RootFiles } from "./root-files.ts";
import { releaseOf } from "./said.ts";
import type { ReleaseTool, ToolRules } from "./tool.ts";
import { changelogen } from "./tools/changelogen.ts";
import { commitizen } from "./tools/commitizen.ts";
import { lerna } from "./tools/lerna.ts";
import { nx } from "./tools/nx.ts";
import { cocogitto, gitCliff, releasePlz } from "./tools/of-rust.ts";
import { pythonSemanticRelease } from "./tools/python-semantic-release.ts";
import { releasePlease } from "./tools/release-please.ts";
import { semanticRelease } from "./tools/semantic-release.ts";
import { standardVersion } from "./tools/standard-version.ts";

/** How a repository makes versions by the settings of its own release tool, in the written form. */
export interface InferredRelease {
  readonly release: NonNullable<ParsedConfig["release"]>;
  readonly inferred: readonly Inference[];
  readonly warnings: readonly string[];
}

const tools: readonly ReleaseTool[] = [
  pythonSemanticRelease,
  commitizen,
  releasePlease,
  semanticRelease,
  standardVersion,
  changelogen,
  lerna,
  nx,
  gitCliff,
  cocogitto,
  releasePlz,
];

interface Used {
  readonly tool: ReleaseTool;
  readonly rules: ToolRules;
}

/**
 * Reads the telling files. Of several tools the one counts that the repository itself calls; where
 * that leaves more than one, or none, nothing is inferred. The workflows are read only for that.
 */
export async function inferRelease(
  telling: ReadonlyMap<string, string>,
  files: RootFiles,
): Promise<InferredRelease> {
  const documents = await readDocuments(telling);
  const used = tools.flatMap((tool): Used[] => {
    const rules = tool.read(documents);
    return rules ? [{ tool, rules }] : [];
  });
  const called = used.length > 1 ? await calledOf(used, documents, files) : used;
  const said =
    called.length === 1 ? called.map(({ tool, rules }) => releaseOf(tool.name, rules)) : [];
  return {
    release: said[0]?.release ?? {},
    inferred: said[0]?.inferred ?? [],
    warnings: [
      ...documents.warnings,
      ...(said[0]?.warnings ?? []),
      ...(used.length > 1 && called.length !== 1 ? [undecided(used)] : []),
    ],
  };
}

async function calledOf(
  used: readonly Used[],
  { scripts }: Documents,
  files: RootFiles,
): Promise<Used[]> {
  const text = [...scripts, ...(await workflowTexts(files))].join("\n");
  return used.filter(({ tool }) => tool.calls.test(text));
}

const workflows = ".github/workflows";
const mostWorkflows = 50;

async function workflowTexts(files: RootFiles): Promise<string[]> {
  const names = (await files.list(workflows)).filter((name) => /\.ya?ml$/.test(name));
  const texts = await Promise.all(
    names.slice(0, mostWorkflows).map((name) => files.text(`${workflows}/${name}`)),
  );
  return texts.filter((text) => text !== undefined);
}

function undecided(used: readonly Used[]): string {
  const names = used.map(({ tool, rules }) => `${rules.from} of ${tool.name}`).join(", ");
  return `more than one tool is set up to make versions, so no settings are taken from any: ${names}`;
}
