import type { Toolchain } from "../plan/plan.ts";
import { findNode } from "./tools/node.ts";
import { findPythonTools } from "./tools/python.ts";
import type { Search, ToolsResult } from "./tools/search.ts";

export type { FoundTools, ToolsResult } from "./tools/search.ts";

/** Finds or installs toolchains under one folder; each is looked for once in a run. */
export interface ToolShed {
  readonly find: (toolchain: Toolchain, note: (text: string) => void) => Promise<ToolsResult>;
}

export function createToolShed(folder: string, machine: NodeJS.ProcessEnv): ToolShed {
  const found = new Map<string, Promise<ToolsResult>>();
  return {
    find(toolchain, note) {
      const key = JSON.stringify([toolchain.kind, toolchain.version, toolchain.tools]);
      const known = found.get(key) ?? findTools({ toolchain, folder, machine, note });
      found.set(key, known);
      return known;
    },
  };
}

async function findTools(search: Search): Promise<ToolsResult> {
  return search.toolchain.kind === "python" ? findPythonTools(search) : findNode(search);
}
