import { tableOf } from "../../table.ts";
import { at } from "../documents.ts";
import type { ReleaseTool } from "../tool.ts";

/**
 * lerna with `conventionalCommits`
 * (https://github.com/lerna/lerna/tree/main/libs/commands/version#--conventional-commits): below
 * 1.0.0 a breaking change is minor and a feature too, or a patch by `premajorVersionBump`. That a
 * package counts only when it was changed itself is nothing that Gantry's settings can say.
 */
export const lerna: ReleaseTool = {
  name: "lerna",
  calls: /\blerna (version|publish)\b/,
  read(documents) {
    const settings = documents.table("lerna.json");
    if (!settings) return undefined;
    const commands = [
      at(settings, "command", "version"),
      at(settings, "command", "publish"),
      at(settings, "commands", "publish"),
      settings,
    ];
    const set = (key: string): unknown =>
      commands.map((command) => at(tableOf(command), key)).find((value) => value !== undefined);
    const script = documents.scripts.some((line) =>
      /\blerna .*--conventional-commits\b/.test(line),
    );
    if (set("conventionalCommits") !== true && !script) return undefined;
    return {
      from: script ? "package.json `scripts`" : "lerna.json",
      zero: {
        breaking: "minor",
        feature: set("premajorVersionBump") === "force-patch" ? "patch" : "minor",
      },
      unsaid: ["a version for whatever package was changed, and only for those"],
    };
  },
};
