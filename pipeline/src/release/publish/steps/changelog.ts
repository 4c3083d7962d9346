import { entryOf, withEntry } from "../../changelog-file.ts";
import type { HostAnswer } from "../host.ts";
import type { PublishRequest } from "../request.ts";
import { done, type Look, mapAnswer, needed, type Step, thenAnswer } from "../step.ts";
import { byPull, pullBranch } from "./by-pull.ts";

/** The version's part in the changelog: by commit, or by pull request where the branch asks for one. */
export function changelogSteps(request: PublishRequest): Step[] {
  const { plan, host, branch, changelog } = request;
  // A pre-release's notes come again with the version itself.
  if (changelog === false || plan.channel !== undefined) return [];
  const side = pullBranch("changelog", plan.tag);
  const step: Step = {
    id: "changelog",
    title: `${plan.tag} in ${changelog}`,
    effects: `writes ${changelog} on ${branch}, or a pull request that does`,
    needs: ["publish"],
    look: async () =>
      thenAnswer(await host.readFile(changelog, branch), async (file) => {
        if (file && entryOf(file.content, plan.version) !== undefined) {
          return { kind: "ok", value: done() };
        }
        return mapAnswer(
          await host.findOpenPull(side, branch),
          (pull): Look => (pull ? done(`waits in pull request ${pull.url}`) : needed),
        );
      }),
    act: async () => {
      const written = await write(branch, changelog, request);
      if (written.kind !== "refused" || written.why !== "protected") return written;
      return byPull(request, {
        side,
        base: branch,
        from: branch,
        title: `docs: changelog of ${plan.tag}`,
        body: `${branch} takes changes by pull request only, so the changelog of ${plan.tag} comes as one.`,
        prepare: () => write(side, changelog, request),
      });
    },
  };
  return [step];
}

async function write(
  branch: string,
  path: string,
  { plan, host, day }: PublishRequest,
): Promise<HostAnswer<string>> {
  return thenAnswer(await host.readFile(path, branch), async (file) => {
    const { version, notes, tag } = plan;
    const content = withEntry(file?.content ?? "", { version, day, notes });
    if (content === file?.content) return { kind: "ok", value: "written before" };
    const written = await host.writeFile({
      path,
      branch,
      content,
      // Nothing of the application changes: a deploy and a release of this would be in vain.
      message: `docs(changelog): ${tag} [skip ci]`,
      ...(file && { version: file.version }),
    });
    return mapAnswer(written, () => `written to ${branch}`);
  });
}
