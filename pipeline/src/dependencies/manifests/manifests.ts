import type { LockSite } from "../locks/lock-sites.ts";
import type { FileContent } from "../report/report.ts";
import { raiseInPackageJson } from "./package-json.ts";
import { raiseInPyproject } from "./pyproject.ts";
import { raiseRequirement } from "./requirement.ts";

/** The files whose ranges a lock follows, from the source's root. */
export function manifestsOf(
  { tool, folder, lock, compiled }: LockSite,
  files: readonly string[],
): readonly string[] {
  const known = new Set(files);
  const at = (name: string): string => (folder === "." ? name : `${folder}/${name}`);
  if (tool === "requirements") {
    return (compiled?.inputs ?? []).map(at).filter((path) => known.has(path));
  }
  const name = tool === "uv" ? "pyproject.toml" : "package.json";
  const lockName = lock.split("/").at(-1) ?? lock;
  return files.filter((path) => {
    const inside = path === at(name) || path.endsWith(`/${name}`);
    return inside && nearestLock(path, lockName, known) === lock;
  });
}

/** A member of a workspace lives by the lock above it. */
function nearestLock(path: string, name: string, known: ReadonlySet<string>): string | undefined {
  const folders = path.split("/").slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth -= 1) {
    const lock = [...folders.slice(0, depth), name].join("/");
    if (known.has(lock)) return lock;
  }
  return undefined;
}

/** Manifests in which a package's ranges reach a newer version; only those that change. */
export function raiseIn(
  manifests: readonly FileContent[],
  name: string,
  latest: string,
): readonly FileContent[] {
  return manifests.flatMap(({ path, content }) => {
    const raised = raiseOne(path, content, { name, latest });
    return raised === undefined ? [] : [{ path, content: raised }];
  });
}

function raiseOne(
  path: string,
  text: string,
  { name, latest }: { readonly name: string; readonly latest: string },
): string | undefined {
  if (path.endsWith("package.json")) return raiseInPackageJson(text, name, latest);
  if (path.endsWith(".toml")) return raiseInPyproject(text, name, latest);
  const lines = text.split("\n");
  const raised = lines.map((line) => raiseRequirement(line, name, latest) ?? line).join("\n");
  return raised === text ? undefined : raised;
}
