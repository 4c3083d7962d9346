import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";
import { zip } from "./zip.ts";

/** Package registries of our own, on this machine: PyPI's simple index and npm's packuments. */
export interface Registries {
  readonly address: string;
  /** What a step's environment needs to find them. */
  readonly env: Readonly<Record<string, string>>;
  readonly publishPython: (name: string, version: string, more?: PythonPackage) => void;
  readonly publishNpm: (name: string, version: string, more?: NpmPackage) => Promise<void>;
  /** From now on nothing answers. */
  readonly close: () => Promise<void>;
}

export interface PythonPackage {
  readonly code?: string;
  readonly needs?: readonly string[];
  readonly urls?: Readonly<Record<string, string>>;
}

export interface NpmPackage {
  readonly code?: string;
  readonly manifest?: Readonly<Record<string, unknown>>;
}

export async function startRegistries(): Promise<Registries> {
  const files = new Map<string, Buffer>();
  const python = new Map<string, { readonly version: string; readonly more: PythonPackage }[]>();
  const npm = new Map<string, Record<string, object>>();
  const server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? "");
    const found = answer(url);
    response.writeHead(found ? 200 : 404, { "Content-Type": found?.type ?? "text/plain" });
    response.end(found?.body ?? "not found");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function answer(url: string): { type: string; body: string | Buffer } | undefined {
    const file = files.get(url);
    if (file) return { type: "application/octet-stream", body: file };
    const simple = /^\/simple\/([^/]+)\/$/.exec(url)?.[1];
    if (simple && python.has(simple)) return { type: "text/html", body: simplePage(simple) };
    const facts = /^\/pypi\/([^/]+)\/json$/.exec(url)?.[1];
    const last = python.get(facts ?? "")?.at(-1);
    if (last) {
      const info = { version: last.version, home_page: null, project_urls: last.more.urls ?? null };
      return json({ info });
    }
    const [, name = "", latest] = /^\/(.+?)(\/latest)?$/.exec(url) ?? [];
    const versions = npm.get(name);
    if (!versions) return undefined;
    const newest = Object.keys(versions).at(-1) ?? "";
    if (latest) return json(versions[newest] ?? {});
    return json({ name, "dist-tags": { latest: newest }, versions });
  }

  function simplePage(name: string): string {
    const links = [...files].filter(([path]) => path.startsWith(`/files/${name}-`));
    const lines = links.map(([path, content]) => {
      const sum = createHash("sha256").update(content).digest("hex");
      return `<a href="${path}#sha256=${sum}">${path.slice("/files/".length)}</a>`;
    });
    return `<!DOCTYPE html><html><body>${lines.join("\n")}</body></html>`;
  }

  return {
    address,
    env: {
      UV_DEFAULT_INDEX: `${address}/simple`,
      npm_config_registry: `${address}/`,
      npm_config_fetch_retries: "0",
      NO_PROXY: "127.0.0.1",
    },
    publishPython(name, version, more = {}) {
      python.set(name, [...(python.get(name) ?? []), { version, more }]);
      files.set(`/files/${name}-${version}-py3-none-any.whl`, wheel(name, version, more));
    },
    async publishNpm(name, version, { code = "", manifest = {} } = {}) {
      const whole = { name, version, type: "module", main: "index.js", ...manifest };
      const path = `/${name}/-/${name}-${version}.tgz`;
      const content = await tarball(whole, code);
      files.set(path, content);
      const integrity = `sha512-${createHash("sha512").update(content).digest("base64")}`;
      const dist = { tarball: `${address}${path}`, integrity };
      npm.set(name, { ...npm.get(name), [version]: { ...whole, dist } });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close").catch(() => undefined);
    },
  };
}

function json(value: object): { type: string; body: string } {
  return { type: "application/json", body: JSON.stringify(value) };
}

function wheel(name: string, version: string, { code = "", needs = [] }: PythonPackage): Buffer {
  const info = `${name}-${version}.dist-info`;
  const asked = needs.map((need) => `Requires-Dist: ${need}\n`).join("");
  const metadata = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${asked}`;
  const tag = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
  return zip({
    [`${name}.py`]: code,
    [`${info}/METADATA`]: metadata,
    [`${info}/WHEEL`]: tag,
    [`${info}/RECORD`]: `${name}.py,,\n${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  });
}

async function tarball(manifest: object, code: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "gantry npm "));
  try {
    await mkdir(join(folder, "package"));
    await writeFile(join(folder, "package", "package.json"), JSON.stringify(manifest));
    await writeFile(join(folder, "package", "index.js"), code);
    const file = join(folder, "package.tgz");
    await create({ gzip: true, portable: true, cwd: folder, file }, ["package"]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
