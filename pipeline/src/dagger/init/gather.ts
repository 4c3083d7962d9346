import type { GantrySource } from "../../adopt/facts.ts";
import { adoptionFacts } from "../../adopt/facts-of.ts";
import { gantrySource } from "../../adopt/gantry-source.ts";
import { newConfig } from "../../adopt/new-config.ts";
import type { Adopted } from "../../adopt/notes.ts";
import { usesPrettier } from "../../adopt/uses-prettier.ts";
import {
  type RootFiles,
  rootFilesFrom,
  shownRelease,
} from "../../config/infer/release/root-files.ts";
import { loadConfig } from "../../config/load.ts";
import type { Survey } from "../../config/survey.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { repositoryIn } from "../../plan/trigger.ts";
import { usualNames } from "../../release/version/usual-names.ts";
import type { GitRepository } from "../client.ts";
import { type DaggerSource, readSource } from "../source/source.ts";
import { surveyOf } from "../source/survey.ts";
import type { InitRequest } from "./request.ts";

/** Reads a repository for what its files would be made of. */
export async function gatherAdoption(request: InitRequest): Promise<Result<Adopted>> {
  const { repository, force = [] } = request;
  const source = await readSource(request.source, repository);
  const survey = withName(await surveyOf(source, repository), request.githubRepository);
  const text = force.includes("gantry.yaml") ? undefined : await textOf(source, "gantry.yaml");
  const made =
    text === undefined ? newConfig(survey, await shownRelease(rootFiles(source))) : undefined;
  const config = loadConfig({ text: text ?? made ?? "", file: "gantry.yaml" }, survey);
  if (!config.ok) return config;
  const gantry = await findGantry(source, request.module);
  if (!gantry.ok) return gantry;
  const { commit, ...git } = await readGit(repository);
  const named = request.githubRepository ?? git.repository;
  const facts = adoptionFacts(config.value, {
    mainBranch: git.mainBranch,
    ...(named !== undefined && { repository: named }),
    // They are only words in a comment, and would cost a container with git.
    authors: [],
    gantry: gantry.value,
    stageProgram: await request.stageProgram.contents(),
    prettier: usesPrettier(survey),
    ...(made !== undefined && { config: made }),
  });
  return ok({ files: source.files, commit, facts, config: config.value });
}

function rootFiles(source: DaggerSource): RootFiles {
  return rootFilesFrom(source.files, (path) => textOf(source, path).catch(() => undefined));
}

/** An engine knows a folder's files, and not what it is called. */
function withName(survey: Survey, repository: string | undefined): Survey {
  const name = repository?.split("/")[1];
  return name ? { ...survey, name } : survey;
}

/** A module does not know where it was fetched from. */
async function findGantry(
  source: DaggerSource,
  named: string | undefined,
): Promise<Result<GantrySource>> {
  if (source.files.includes("dagger/core/procedures.js")) return ok({ kind: "own" });
  const moduleText = await textOf(source, "dagger.json");
  return gantrySource({ named, moduleText, ownAddress: async () => undefined });
}

async function textOf(
  { files, directory }: DaggerSource,
  path: string,
): Promise<string | undefined> {
  return files.includes(path) ? directory.file(path).contents() : undefined;
}

interface GitFacts {
  readonly commit: string | undefined;
  readonly mainBranch: string;
  readonly repository: string | undefined;
}

async function readGit(git: GitRepository | undefined): Promise<GitFacts> {
  if (!git) return { commit: undefined, mainBranch: "main", repository: undefined };
  const head = git.head();
  const [commit, ref, branches, url] = await Promise.all([
    head.commit().catch(() => undefined),
    head.ref().catch(() => ""),
    git.branches().catch((): string[] => []),
    git.url().catch(() => undefined),
  ]);
  const usual = usualNames.find((name) => branches.includes(name));
  const current = ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : undefined;
  return {
    commit,
    mainBranch: usual ?? current ?? "main",
    repository: repositoryIn(url ?? undefined),
  };
}
