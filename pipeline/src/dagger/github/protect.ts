import { type ProtectedProject, type ProtectSpec, readJudgedEnd } from "../../github/contained.ts";
import { unwrap } from "../functions.ts";
import { ask, open } from "./ask.ts";
import { answerOf } from "./judged.ts";
import type { ProtectRequest } from "./request.ts";

const file = "/gantry/project.json";

/** Compares how branches are protected with what is wanted, and mends it only where that is asked. */
export async function runProtect(request: ProtectRequest): Promise<string> {
  const opened = unwrap(await open(request, "manual"));
  const { config, survey } = opened.project;
  const project: ProtectedProject = { config, survey: { ...survey, texts: [...survey.texts] } };
  await request.scratch.write("project.json", JSON.stringify(project));
  const end = await ask(opened, {
    procedure: "protect",
    told: toldOf(request, opened.variables),
    files: { [file]: request.scratch.folder().file("project.json") },
    read: readJudgedEnd,
  });
  return answerOf(unwrap(end));
}

function toldOf(
  { apply, branch }: ProtectRequest,
  variables: ProtectSpec["variables"],
): Omit<ProtectSpec, "root" | "left"> {
  return {
    act: apply ? "apply" : "check",
    project: file,
    ...(branch && branch.length > 0 && { only: branch }),
    variables,
  };
}
