import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Folders whose files start applications and wait for them: begun last, they would run alone at the end. */
const slow = ["/test/local/", "/test/e2e/", "/test/deploy/", "/test/release/", "/test/updates/"];

/** Starts what takes long first, so that the quick ones fill the gaps. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification): boolean =>
      slow.some((folder) => moduleId.includes(folder));
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
