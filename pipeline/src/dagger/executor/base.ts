import type { Toolchain } from "../../plan/plan.ts";
import { withCertificates } from "../certificates.ts";
import type { Container } from "../client.ts";
import { withCaches, withEnvironment } from "../environment.ts";
import { imageOf, procedureImage } from "../images.ts";
import type { Base, Site } from "./site.ts";

/** The container that a toolchain's steps begin with; made once a run, cached by the engine. */
export function baseOf(site: Site, name: string): Promise<Base> {
  const toolchain = site.plan.toolchains[name];
  if (!toolchain) throw new Error(`the plan names an unknown toolchain ${name}`);
  const git = needsGit(site, name);
  const key = JSON.stringify([toolchain, git]);
  const known = site.bases.get(key) ?? makeBase(site, toolchain, git);
  site.bases.set(key, known);
  return known;
}

/** Slim images have no git, and history is of no use without it. */
function needsGit({ plan }: Site, toolchain: string): boolean {
  return plan.stages.some(({ steps }) =>
    steps.some(
      (step) => step.kind === "exec" && step.toolchain === toolchain && step.inputs.history,
    ),
  );
}

async function makeBase(site: Site, toolchain: Toolchain, git: boolean): Promise<Base> {
  const image = imageOf(toolchain);
  const caches = toolchain.kind === "python" ? ["uv", "pip"] : ["npm"];
  const plain = withCaches(site.dag, bareContainer(site, image), site.plan, caches);
  const equipped = git ? gitContainer(plain) : plain;
  const container = equipped.withExec(installTools(toolchain));
  const versions = readVersions(await container.file(versionsFile).contents());
  for (const [tool, version] of Object.entries(versions)) site.versions.set(tool, version);
  site.versions.set(`image of ${toolchain.kind}`, image);
  return { container, versions };
}

/** An image with the environment and certificates that every step of ours finds. */
function bareContainer(site: Site, image: string): Container {
  const { certificates } = site.plan;
  const company = certificates ? site.source.file(certificates) : undefined;
  return withEnvironment(withCertificates(site.dag.container().from(image), company));
}

/** The container of Gantry's own procedures. */
export function procedureContainer(site: Site): Container {
  return bareContainer(site, procedureImage(site.plan));
}

/** The same with git: slim images have none. */
export function gitContainer(container: Container): Container {
  return container.withExec(["sh", "-euc", installGit]);
}

const versionsFile = "/gantry/versions";

const installGit = `
command -v git >/dev/null && exit 0
if command -v apk >/dev/null; then apk add --quiet git
else apt-get update -qq && apt-get install -qq --no-install-recommends git >/dev/null; fi
`.trim();

const pythonTools = `
mkdir -p /gantry
if [ "$(uv --version 2>/dev/null | cut -d' ' -f2)" != "$1" ]; then
  PIP_BREAK_SYSTEM_PACKAGES=1 python3 -m pip install --quiet "uv==$1"
fi
{ uv --version; python3 --version; } >${versionsFile}
`.trim();

const nodeTools = `
mkdir -p /gantry
for tool in "$@"; do npm install --global --no-audit --no-fund --loglevel=error "$tool"; done
{ echo "node $(node --version)"; echo "npm $(npm --version)"; } >${versionsFile}
for tool in "$@"; do echo "\${tool%@*} $("\${tool%@*}" --version)" >>${versionsFile}; done
`.trim();

function installTools({ kind, tools }: Toolchain): string[] {
  if (kind === "python") return ["sh", "-euc", pythonTools, "gantry", tools.uv ?? ""];
  const wanted = Object.entries(tools).map(([tool, version]) => `${tool}@${version}`);
  return ["sh", "-euc", nodeTools, "gantry", ...wanted];
}

function readVersions(text: string): Record<string, string> {
  const lines = text.trim().split("\n");
  return Object.fromEntries(
    lines.map((line) => {
      const [name, version] = line.split(" ");
      return [(name ?? "").toLowerCase(), (version ?? "").replace(/^v/, "")];
    }),
  );
}
