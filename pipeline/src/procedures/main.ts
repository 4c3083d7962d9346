import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { runContained } from "./contained.ts";
import { actInContainer } from "./deploy/act.ts";
import { checkFromContainer } from "./deploy/health-check.ts";
import { checkSecretsFromContainer } from "./github/check-secrets.ts";
import { commentFromContainer } from "./github/comment.ts";
import { protectFromContainer } from "./github/protect.ts";
import { maskFolder } from "./mask.ts";
import { probeFromContainer } from "./probe.ts";
import { releaseInContainer } from "./release/release.ts";
import { hashTree } from "./tree-hash.ts";
import { proposeInContainer } from "./updates/propose.ts";
import { factsFromContainer } from "./updates/registry-facts.ts";

const [procedure, ...words] = process.argv.slice(2);

switch (procedure) {
  case "run":
    process.exitCode = await runContained(words[0] ?? "");
    break;
  case "probe":
    process.exitCode = await probeFromContainer(words[0] ?? "");
    break;
  case "act":
    await actInContainer(words[0] ?? "");
    break;
  case "release":
    await releaseInContainer(words[0] ?? "");
    break;
  case "comment":
    await commentFromContainer(words[0] ?? "");
    break;
  case "protect":
    await protectFromContainer(words[0] ?? "");
    break;
  case "check-secrets":
    await checkSecretsFromContainer(words[0] ?? "");
    break;
  case "health-check":
    await checkFromContainer(words[0] ?? "", words[1] ?? "");
    break;
  case "propose-updates":
    await proposeInContainer(words[0] ?? "");
    break;
  case "registry-facts":
    await factsFromContainer(words[0] ?? "", words[1] ?? "");
    break;
  case "mask": {
    const [from, to, ...names] = words as [string, string, ...string[]];
    await maskFolder(
      from,
      to,
      names.flatMap((name) => process.env[name] ?? []),
    );
    await pipeline(createReadStream(join(to, "log")), process.stdout).catch(() => undefined);
    break;
  }
  case "tree-hash":
    process.stdout.write(await hashTree(words[0] ?? ".", words[1] ?? "git-tree"));
    break;
  default:
    throw new Error(`no procedure ${procedure}`);
}
