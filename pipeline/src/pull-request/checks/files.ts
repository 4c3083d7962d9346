import { notAsked, type PullRequestCheck, whereKnown } from "../check.ts";
import { shown } from "../shown.ts";

/** Files that every repository of this kind has. Another ending or case of a text will do. */
export const requiredFilesCheck: PullRequestCheck = {
  name: "required-files",
  run: ({ files }, rules) => {
    const { requiredFiles } = rules;
    if (requiredFiles.length === 0) return notAsked;
    return whereKnown(files, rules, (found) => {
      const there = new Set(found.map(stem));
      return requiredFiles
        .filter((file) => !there.has(stem(file)))
        .map((file) => ({
          severity: "error",
          file,
          message: `the file ${shown(file)} is missing`,
          mend: `add ${shown(file)}, or take it out of \`pullRequests.requiredFiles\``,
        }));
    });
  },
};

function stem(file: string): string {
  return file.toLowerCase().replace(/\.(md|rst|txt|adoc|markdown)$/, "");
}

/** Large files stay in every clone for ever. */
export const largeFilesCheck: PullRequestCheck = {
  name: "large-files",
  run: ({ changed }, rules) =>
    whereKnown(changed, rules, (files) =>
      files
        .filter(({ bytes }) => bytes > rules.largeFileBytes)
        .map(({ path, bytes }) => ({
          severity: "warning",
          file: path,
          message: `has ${size(bytes)}; what is larger than ${size(rules.largeFileBytes)} burdens every clone for ever`,
          mend: "keep it outside the repository, or in Git LFS (`git lfs track`)",
        })),
    ),
};

function size(bytes: number): string {
  const megabytes = bytes / 1024 ** 2;
  return megabytes >= 1 ? `${megabytes.toFixed(1)} MB` : `${(bytes / 1024).toFixed(0)} KB`;
}
