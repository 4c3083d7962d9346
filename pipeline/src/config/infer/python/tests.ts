import { type Folder, singleTestFiles } from "../../survey.ts";
import { joinWords } from "../../words.ts";
import type { WrittenComponent, WrittenSuite } from "../../written.ts";
import { testedBy } from "../workflows/own-commands.ts";
import type { PythonProject } from "./project.ts";
import type { Note } from "./quality.ts";
import { configurationOf, coverageSource } from "./tool-config.ts";

/** The tests that a folder shows, and what runs them; none where there are none. */
export function inferTests(
  folder: Folder,
  project: PythonProject,
  note: Note,
): WrittenComponent["tests"] | undefined {
  if (isDjango(folder, project)) {
    note("tests with Django's own runner", "manage.py");
    return { unit: { run: "python manage.py test" } };
  }
  const single = singleTestFile(folder);
  const from = configurationOf("pytest", folder, project.tool) ?? testFileIn(folder) ?? single;
  if (!from) return undefined;
  const run = from === single ? joinWords(["pytest", single]) : pytestRun(folder, project, note);
  note(`tests with ${run}`, from);
  const brings = project.environment.brings("pytest-cov");
  const measured = brings ? coverageSource(folder, project.tool) : undefined;
  const { variables } = project;
  const names = Object.keys(variables);
  if (names.length > 0) note(`tests see ${names.join(", ")}`, "tox.ini");
  const env = names.length > 0 && { env: variables };
  const unit: WrittenSuite = { run, ...(measured && { coverage: { source: measured } }), ...env };
  const split =
    folder.below("tests/unit/").length > 0 && folder.below("tests/integration/").length > 0;
  if (!split || !plain.test(run)) return { unit };
  note("integration tests apart from the others", "tests/integration");
  return {
    unit: { ...unit, run: `${run} --ignore=tests/integration` },
    integration: { run: "pytest tests/integration", blocking: true, ...env },
  };
}

/** pytest without words of the repository's own. */
const plain = /^pytest( --ignore=\S+)*$/;

/** Tests of the whole in a browser are no unit tests, unless the repository calls all in one. */
function pytestRun(folder: Folder, project: PythonProject, note: Note): string {
  const command = pytestCommand(project);
  if (command !== "pytest" || project.calls("pytest").kind === "one") return command;
  const whole = ["e2e", "tests/e2e"].filter((path) => folder.below(`${path}/`).some(isTestFile));
  for (const path of whole) note("end-to-end tests: left out, since no stage runs them yet", path);
  return joinWords([command, ...whole.map((path) => `--ignore=${path}`)]);
}

/** Django's tests need its settings, which only pytest-django or its own runner know. */
function isDjango(folder: Folder, { environment, calls }: PythonProject): boolean {
  const tests = /(^|\/)(tests?\.py|test_[^/]*\.py|tests\/.*\.py)$/;
  return (
    folder.has("manage.py") &&
    environment.brings("django") &&
    !environment.brings("pytest-django") &&
    calls("pytest").kind === "none" &&
    folder.below("").some((file) => tests.test(file))
  );
}

/**
 * pytest as the repository calls it itself. It runs unittest's tests too, and unlike unittest it
 * never calls an empty run green; `python -m` then finds modules where unittest does.
 */
function pytestCommand(project: PythonProject): string {
  const own = project.calls("pytest");
  if (own.kind === "one") return joinWords(["pytest", ...testedBy(own.arguments)]);
  if (own.kind === "many" || project.environment.brings("pytest")) return "pytest";
  const unittest = project.calls("unittest");
  if (unittest.kind === "none") return "pytest";
  const words = unittest.kind === "one" ? discovered(unittest.arguments) : [];
  return joinWords(["python", "-m", "pytest", ...words]);
}

/** unittest's `discover -s tests -p '*_test.py'` in pytest's words. */
function discovered(words: readonly string[]): string[] {
  if (words[0] !== "discover") return [];
  const after = (...names: string[]): string | undefined => {
    const at = words.findIndex((word) => names.includes(word));
    return at < 0 ? undefined : words[at + 1];
  };
  const pattern = after("-p", "--pattern");
  const start = after("-s", "--start-directory");
  const plain = words[1]?.startsWith("-") ? undefined : words[1];
  const folder = start ?? plain;
  return [...(pattern ? ["-o", `python_files=${pattern}`] : []), ...(folder ? [folder] : [])];
}

function testFileIn(folder: Folder): string | undefined {
  return folder.below("").find((file) => isTestFile(file) && file.split("/").length <= 4);
}

function isTestFile(file: string): boolean {
  return /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(file);
}

/** All tests in one `tests.py`, which pytest does not look into unless it is named. */
function singleTestFile(folder: Folder): string | undefined {
  return singleTestFiles.find((name) => /\bunittest\b|^def test_/m.test(folder.text(name) ?? ""));
}
