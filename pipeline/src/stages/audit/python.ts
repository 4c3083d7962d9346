import type { Command, Component } from "../../config/config.ts";
import { declaredIn, requirementFiles } from "../../config/infer/python/declared.ts";
import type { PythonProject } from "../../config/infer/python/project.ts";
import { readToml, tableAt } from "../../config/infer/toml.ts";
import { type Folder, folderOf } from "../../config/survey.ts";
import { readHeader } from "../../dependencies/locks/compiled-requirements.ts";
import { readUvLock } from "../../dependencies/locks/uv-lock.ts";
import { isForDevelopment } from "../../dependencies/manifests/is-for-development.ts";
import { pins } from "../../plan/pins.ts";
import type { PlanContext } from "../context.ts";
import { poetryExport } from "../toolchains/poetry.ts";
import { projectOf } from "../toolchains/python.ts";
import { type AuditPlan, type AuditWish, requirements } from "./audit-plan.ts";

/** What is written where the step's own reports go. */
const prepared = `{reports}/${requirements}`;

/** Every version that uv's lock holds for this platform; the repository's own packages are left out. */
export function auditsOfUvLock(
  component: Component,
  context: PlanContext,
  { development }: AuditWish,
): AuditPlan[] {
  const folder = folderOf(context.survey, component.path);
  const lock = readUvLock(folder.text("uv.lock") ?? "");
  if (lock.ok && !lock.packages.some(({ origin }) => origin !== "path")) return [];
  if (!development && !needsAny(folder)) return [];
  const project = projectOf(component, context);
  const chosen = development ? chosenIn(project) : [...extrasIn(project), "--no-default-groups"];
  const argv: Command = [
    ...(["uv", "export", "--quiet", "--frozen", "--all-packages", "--no-emit-local"] as const),
    ...["--no-hashes", "--no-header", "--no-annotate", "--format", "requirements-txt"],
    ...["--output-file", prepared, ...chosen],
  ];
  const plan = fromPrepared("uv.lock", argv);
  return [conflicts(project) ? { ...plan, without: othersOfConflicts } : plan];
}

const othersOfConflicts =
  "extras and groups that exclude those which checks install were not asked about";

/** All extras and groups at once, unless the project says that some exclude each other. */
function chosenIn(project: PythonProject | undefined): string[] {
  const groups = project?.environment.groups ?? [];
  return conflicts(project)
    ? [...extrasIn(project), ...groups.flatMap((group) => ["--group", group])]
    : ["--all-extras", "--all-groups"];
}

function extrasIn(project: PythonProject | undefined): string[] {
  const extras = project?.environment.extras ?? [];
  return conflicts(project) ? extras.flatMap((extra) => ["--extra", extra]) : ["--all-extras"];
}

function conflicts(project: PythonProject | undefined): boolean {
  return tableAt(project?.tool ?? {}, "uv").conflicts !== undefined;
}

/** Poetry's lock, each file of requirements that no other one includes, and what a package asks for. */
export function auditsOfPip(
  component: Component,
  context: PlanContext,
  { development }: AuditWish,
): AuditPlan[] {
  const folder = folderOf(context.survey, component.path);
  const project = projectOf(component, context);
  if (project?.poetry) {
    const groups = development ? ["--all-groups"] : [];
    const wanted = [...groups, "--all-extras", "--without-hashes"];
    return [fromPrepared("poetry.lock", poetryExport(wanted, prepared))];
  }
  const files = requirementFiles(folder).filter((file) => development || !isForDevelopment(file));
  return [
    ...ofPackage(folder, project, development),
    ...notIncluded(files, folder).map((file) => ofRequirements(file, folder)),
  ];
}

/** What the package itself asks for, and the groups of one that is none. */
function ofPackage(
  folder: Folder,
  project: PythonProject | undefined,
  development: boolean,
): AuditPlan[] {
  const named = development ? [...declaredOf(folder).groups.keys()] : [];
  const groups = named.flatMap((group) => ["--group", group]);
  if (project && needsAny(folder)) {
    const { manifest } = project;
    return [compiled(manifest, ["--all-extras", ...groups, manifest])];
  }
  return groups.length > 0 ? [compiled("pyproject.toml", groups)] : [];
}

/** What a tool has compiled names every package already; else uv resolves the rest first. */
function ofRequirements(file: string, folder: Folder): AuditPlan {
  const whole = readHeader(folder.text(file) ?? "") !== undefined;
  return whole ? { file, ask: () => askPip(file), format: "pip-audit" } : compiled(file, [file]);
}

function compiled(file: string, words: readonly string[]): AuditPlan {
  return fromPrepared(file, [
    ...(["uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate"] as const),
    ...["--output-file", prepared, ...words],
  ]);
}

function fromPrepared(file: string, argv: Command): AuditPlan {
  return { file, prepare: { argv, leaves: prepared }, ask: askPip, format: "pip-audit" };
}

/** pip itself is not asked: every package stands in the file with its version. */
function askPip(file: string): Command {
  return [
    ...(["uvx", `pip-audit@${pins["pip-audit"]}`, "--requirement", file] as const),
    ...["--no-deps", "--disable-pip", "--progress-spinner", "off"],
    ...["--format", "json", "--output", "{reports}/pip-audit.json"],
  ];
}

/** A file that another one includes is asked about with it. */
function notIncluded(files: readonly string[], folder: Folder): string[] {
  const included = new Set(files.flatMap((file) => includesOf(file, folder.text(file) ?? "")));
  return files.filter((file) => !included.has(file));
}

function includesOf(file: string, text: string): string[] {
  const place = file.slice(0, file.lastIndexOf("/") + 1);
  const lines = text.matchAll(/^\s*(?:-r|--requirement)[\s=]*(\S+)/gm);
  return [...lines].map(([, path]) => `${place}${(path as string).replace(/^\.\//, "")}`);
}

/** Whether the package itself asks for others, as far as its files say so. */
function needsAny(folder: Folder): boolean {
  const setup = `${folder.text("setup.cfg") ?? ""}\n${folder.text("setup.py") ?? ""}`;
  if (/install_requires|extras_require/.test(setup)) return true;
  const text = folder.text("pyproject.toml") ?? "";
  if (/^(dynamic\s*=|\[tool\.(poetry|uv\.workspace)\b)/m.test(text)) return true;
  const { required, extras } = declaredOf(folder);
  return required.length > 0 || extras.size > 0;
}

function declaredOf(folder: Folder): ReturnType<typeof declaredIn> {
  const read = readToml(folder.text("pyproject.toml") ?? "");
  return declaredIn(folder, "table" in read ? read.table : {});
}
