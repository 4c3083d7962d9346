import { readFile } from "node:fs/promises";
import { describeProblem, type Problem } from "../../errors/problem.ts";
import type { JudgedEnd, ProtectedProject, ProtectSpec } from "../../github/contained.ts";
import { exitOfParts, problemsOf } from "../../github/protection/problems.ts";
import { protectRepository } from "../../github/protection/protect-repository.ts";
import { protectionText } from "../../github/protection/text.ts";
import { connectToGithub } from "../../host/github/connect.ts";
import { askFromContainer } from "./ask.ts";

/** Compares how branches are protected, or mends it, from a container. */
export function protectFromContainer(file: string): Promise<void> {
  return askFromContainer<ProtectSpec>(file, protect);
}

async function protect({ act, project, only, root, variables }: ProtectSpec): Promise<JudgedEnd> {
  const connection = await connectToGithub(root, { ...process.env, ...variables });
  if (!connection.ok) return refused(connection.problems);
  const { config, survey } = JSON.parse(await readFile(project, "utf8")) as ProtectedProject;
  const parts = await protectRepository(connection.value, {
    act,
    config,
    survey: { ...survey, texts: new Map(survey.texts) },
    only,
  });
  if (!parts.ok) return refused(parts.problems);
  const problems = problemsOf(parts.value).map((problem) => `${describeProblem(problem)}\n`);
  const text = [protectionText(parts.value), ...problems].join("");
  return { kind: "judged", exit: exitOfParts(parts.value), text };
}

function refused(problems: readonly Problem[]): JudgedEnd {
  return { kind: "problems", problems: [...problems] };
}
