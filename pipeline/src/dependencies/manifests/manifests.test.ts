import { describe, expect, it } from "vitest";
import type { LockSite } from "../locks/lock-sites.ts";
import { manifestsOf, raiseIn } from "./manifests.ts";

const site = (tool: LockSite["tool"], lock: string): LockSite => ({
  tool,
  lock,
  ecosystem: tool === "npm" ? "npm" : "python",
  folder: lock.includes("/") ? lock.slice(0, lock.lastIndexOf("/")) : ".",
  components: ["app"],
});

const raised = (path: string, content: string, latest = "2.1.0"): string | undefined =>
  raiseIn([{ path, content }], "alpha", latest)[0]?.content;

describe("the manifests of a lock", () => {
  const files = [
    "uv.lock",
    "pyproject.toml",
    "libs/a/pyproject.toml",
    "other/uv.lock",
    "other/pyproject.toml",
    "web/package-lock.json",
    "web/package.json",
    "web/parts/b/package.json",
    "requirements/base.in",
  ];
  it("are those of its workspace, and not of a lock further down", () => {
    expect(manifestsOf(site("uv", "uv.lock"), files)).toEqual([
      "pyproject.toml",
      "libs/a/pyproject.toml",
    ]);
    expect(manifestsOf(site("npm", "web/package-lock.json"), files)).toEqual([
      "web/package.json",
      "web/parts/b/package.json",
    ]);
  });

  it("are the inputs of compiled requirements, as far as they are there", () => {
    const inputs = ["requirements/base.in", "gone.in"];
    const compiled = { ok: true, options: [], inputs, command: "uv pip compile" } as const;
    const lock = { ...site("requirements", "requirements.txt"), compiled };
    expect(manifestsOf(lock, files)).toEqual(["requirements/base.in"]);
  });
});

describe("pyproject.toml", () => {
  it("changes only the requirements, wherever they are asked for", () => {
    const text = `# alpha<2 stays in words
[project]
dependencies = ["alpha[x]<2", 'beta<2']
[project.optional-dependencies]
more = ["alpha<2; python_version < \\"3.12\\""]
[dependency-groups]
dev = [{ include-group = "more" }, "alpha==1.0"]
`;
    expect(raised("pyproject.toml", text)).toBe(
      text
        .replace('"alpha[x]<2"', '"alpha[x]<3"')
        .replace('"alpha<2;', '"alpha<3;')
        .replace("alpha==1.0", "alpha==2.1.0"),
    );
  });

  it.each(["[project]\ndependencies = ['beta<2']\n", "[project\n"])("%j stays as it is", (text) => {
    expect(raised("pyproject.toml", text)).toBeUndefined();
  });
});

describe("package.json", () => {
  const text = (range: string): string =>
    `{\n\t"name": "app",\n\t"dependencies": {\n\t\t"alpha": ${JSON.stringify(range)}\n\t}\n}\n`;
  it.each([
    ["^1.2.0", "^2.1.0"],
    ["~1.2.0", "~2.1.0"],
    ["1.2.0", "2.1.0"],
    ["1.x", "^2.1.0"],
    [">=1 <2", "^2.1.0"],
  ])("%s becomes %s, and the form of the file stays", (range, now) => {
    expect(raised("package.json", text(range))).toBe(text(now));
  });

  it.each(["latest", "workspace:*", "npm:beta@1", "file:../alpha", "github:a/alpha", "*"])(
    "%s is no range to raise",
    (range) => expect(raised("package.json", text(range))).toBeUndefined(),
  );

  it("leaves what others are asked for, and what is no object", () => {
    expect(raised("package.json", '{ "peerDependencies": { "alpha": "^1.0.0" } }')).toBeUndefined();
    expect(raised("package.json", "[")).toBeUndefined();
  });
});
