import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Answers, Call, Thing } from "./fake-engine.ts";

/** A repository as the fake engine shows it: texts by path. */
export type Repository = Readonly<Record<string, string>>;

/** The example application, as it stands in this repository. */
export function exampleRepository(): Repository {
  const root = fileURLToPath(new URL("../../../examples/rose", import.meta.url));
  const files: Record<string, string> = {};
  const setAside = new Set(["node_modules", ".venv", ".gantry", "__pycache__", "dist", "data"]);
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = `${entry.parentPath}/${entry.name}`.slice(root.length + 1);
    if (!entry.isFile() || path.split("/").some((part) => setAside.has(part))) continue;
    files[path] = readFileSync(`${root}/${path}`, "utf8");
  }
  return files;
}

/** What the fake engine says of a repository and of commands that all go well. */
export function answersFor(repository: Repository, more: Answers = () => undefined): Answers {
  return (thing, call) => more(thing, call) ?? answer(repository, thing, call);
}

function answer(repository: Repository, thing: Thing, call: Call): unknown {
  switch (call.field) {
    case "glob":
      return Object.keys(repository);
    case "digest":
      return "sha256:fixture";
    case "ref":
      return "refs/heads/develop";
    case "commit":
      return "c0ffee".padEnd(40, "0");
    case "branches":
      return ["develop", "main"];
    case "exists":
      return true;
    case "size":
      return 20;
    case "uri":
      return String(thing.calls.at(-1)?.args.uri);
    case "plaintext":
      return "s3cret-value";
    case "stdout":
      return "1024\n512 /image/usr\n";
    case "contents":
      return contentsOf(repository, thing);
    default:
      return undefined;
  }
}

const junit = `<testsuites><testsuite name="t" tests="1" failures="0" errors="0" skipped="0" time="1">
<testcase classname="tests.t" name="works" file="tests/t.py" line="1" time="0.1"/></testsuite></testsuites>`;
const cobertura = `<coverage line-rate="1" branch-rate="1" lines-covered="2" lines-valid="2" branches-covered="0" branches-valid="0">
<sources><source>/src</source></sources><packages><package name="p"><classes><class name="c" filename="c.py">
<lines><line number="1" hits="1"/><line number="2" hits="1"/></lines></class></classes></package></packages></coverage>`;

const procedurePassed = { outcome: "passed", findings: [], notChecked: [] };

function contentsOf(repository: Repository, thing: Thing): string {
  const path = String(thing.calls.at(-1)?.args.path ?? "");
  if (path === "end") return `0 1 ${runKeyOf(thing)}\n`;
  if (path === "log") return "all is well\n";
  if (path === "/gantry/versions") return "uv 0.13.9\nPython 3.11.2\n";
  if (path.endsWith("probe.json")) return JSON.stringify({ ok: true, seconds: 1, attempts: 1 });
  if (path.endsWith("procedure.json")) return JSON.stringify(procedurePassed);
  if (path.endsWith("coverage.xml")) return cobertura;
  if (path.endsWith(".xml")) return junit;
  return repository[path] ?? "";
}

/** The key of the run that a container was last given. */
export function runKeyOf(thing: Thing): string {
  const given = thing.calls.findLast((call) => call.field === "withVolatileVariable");
  return String(given?.args.value ?? "");
}
