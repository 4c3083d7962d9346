import type { Inference } from "../config.ts";
import type { Folder } from "../survey.ts";
import type { WrittenComponent } from "../written.ts";
import type { ComponentGuess } from "./infer.ts";

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly workspaces: boolean;
  readonly manager: string | undefined;
}

/** What a folder shows of a Node component; none where it has no readable package.json. */
export function inferNode(folder: Folder): ComponentGuess | undefined {
  if (!folder.has("package.json")) return undefined;
  const manifest = readManifest(folder.text("package.json"));
  if (!manifest) {
    return undefined;
  }
  const notes: Inference[] = [];
  const note = (what: string, from: string): void => {
    notes.push({ what: `${folder.path}: ${what}`, from });
  };
  const toolchain = managerOf(folder, manifest);
  note(`Node.js with ${toolchain.kind}`, toolchain.from);

  const quality: NonNullable<WrittenComponent["quality"]> = {};
  for (const [check, script] of Object.entries(qualityScripts(manifest))) {
    quality[check] = `${toolchain.kind} run ${script}`;
    note(`${check}: ${toolchain.kind} run ${script}`, "package.json scripts");
  }
  const test = testCommand(manifest, toolchain.kind);
  if (test) note(`tests: ${test}`, "package.json scripts");
  const node = nodeVersion(folder);
  return {
    component: {
      path: folder.path,
      toolchain: toolchain.kind,
      ...(node && { node }),
      ...(manifest.scripts.build && { build: `${toolchain.kind} run build` }),
      ...(Object.keys(quality).length > 0 && { quality }),
      ...(test && { tests: { unit: { run: test } } }),
    },
    inferred: notes,
    warnings: [],
  };
}

function readManifest(text: string | undefined): Manifest | undefined {
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    if (json === null || typeof json !== "object") return undefined;
    const { scripts, workspaces, packageManager } = json as Record<string, unknown>;
    const entries = scripts !== null && typeof scripts === "object" ? Object.entries(scripts) : [];
    return {
      scripts: Object.fromEntries(
        entries.filter((e): e is [string, string] => typeof e[1] === "string"),
      ),
      workspaces: workspaces !== undefined,
      manager: typeof packageManager === "string" ? packageManager.split("@")[0] : undefined,
    };
  } catch {
    return undefined;
  }
}

function managerOf(
  folder: Folder,
  manifest: Manifest,
): { kind: "npm" | "pnpm" | "yarn"; from: string } {
  if (manifest.manager === "pnpm" || folder.has("pnpm-lock.yaml")) {
    return {
      kind: "pnpm",
      from: folder.has("pnpm-lock.yaml") ? "pnpm-lock.yaml" : "package.json packageManager",
    };
  }
  if (manifest.manager === "yarn" || folder.has("yarn.lock")) {
    return {
      kind: "yarn",
      from: folder.has("yarn.lock") ? "yarn.lock" : "package.json packageManager",
    };
  }
  return {
    kind: "npm",
    from: folder.has("package-lock.json") ? "package-lock.json" : "package.json",
  };
}

const scriptNames: Readonly<Record<string, readonly string[]>> = {
  lint: ["lint", "lint:check", "eslint"],
  format: [
    "format:check",
    "check:format",
    "format-check",
    "check-format",
    "prettier:check",
    "fmt:check",
    "format",
  ],
  types: ["typecheck", "type-check", "types:check", "check-types", "check:types", "tsc", "types"],
};

/** The package's own scripts for each check; one that would rewrite files is no check. */
function qualityScripts(manifest: Manifest): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [check, names] of Object.entries(scriptNames)) {
    const script = names.find((name) => {
      const text = manifest.scripts[name];
      return text !== undefined && !rewrites(check, text);
    });
    if (script) found[check] = script;
  }
  return found;
}

function rewrites(check: string, script: string): boolean {
  if (/--write\b|--fix\b/.test(script)) return true;
  return (
    check === "format" &&
    !/--check\b|-c\b|--list-different|-l\b|biome (ci|check|format)/.test(script)
  );
}

const placeholder = /no test specified/;

function testCommand(manifest: Manifest, manager: string): string | undefined {
  const script = manifest.scripts.test;
  if (script && !placeholder.test(script)) return `${manager} test`;
  if (!script && manifest.workspaces && manager === "npm")
    return "npm test --workspaces --if-present";
  return undefined;
}

function nodeVersion(folder: Folder): string | undefined {
  const text = folder.text(".nvmrc") ?? folder.text(".node-version");
  return /^v?(\d+)/.exec(text?.trim() ?? "")?.[1];
}
