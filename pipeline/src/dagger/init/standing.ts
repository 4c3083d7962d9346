import { blockedPlace, type Standing } from "../../adopt/place.ts";
import type { Directory } from "../client.ts";

/** Reads one wanted file. A link is never followed: it may lead out of the repository. */
export async function standingIn(directory: Directory, path: string): Promise<Standing> {
  const above = await blockedAbove(directory, parentOf(path));
  if (above) return blockedPlace(path, above);
  const kind = await kindOf(directory, path);
  if (kind === "nothing") return { kind };
  if (kind !== "file") return blockedPlace(path, `${path} is a ${kind}`);
  const text = await directory.file(path).contents();
  if (text.includes("\uFFFD")) return blockedPlace(path, `${path} is no UTF-8 text`);
  return { kind: "text", text };
}

async function blockedAbove(directory: Directory, folder: string): Promise<string | undefined> {
  if (folder === "") return undefined;
  const above = await blockedAbove(directory, parentOf(folder));
  if (above) return above;
  const kind = await kindOf(directory, folder);
  if (kind === "nothing" || kind === "folder") return undefined;
  return `${folder} is a ${kind}, and no folder`;
}

type Kind = "nothing" | "file" | "folder" | "link" | "device";

/** Whether it is there is asked first: an engine that fails is no empty place. */
async function kindOf(directory: Directory, path: string): Promise<Kind> {
  const unfollowed = { doNotFollowSymlinks: true };
  if (!(await directory.exists(path, unfollowed))) return "nothing";
  const type = String(await directory.stat(path, unfollowed).fileType());
  if (type.startsWith("REGULAR")) return "file";
  if (type.startsWith("DIRECTORY")) return "folder";
  return type.startsWith("SYMLINK") ? "link" : "device";
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
