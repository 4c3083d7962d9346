import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";

/** What the databases know: an advisory of a package, in the words that both services understand. */
export interface KnownAdvisory {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly package: string;
  readonly range: string;
  /** Exact versions, for a service that is asked for one version at a time. */
  readonly versions: readonly string[];
  readonly severity: "low" | "moderate" | "high" | "critical";
  readonly title: string;
  readonly fixed?: string;
}

export interface Published {
  readonly versions: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A registry of npm and a service of OSV's form on one port of this machine. */
export interface Advisories {
  readonly url: string;
  /** Everything that was asked, as `POST /path`. */
  readonly asked: string[];
  known: readonly KnownAdvisory[];
  /** What questions for advisories are answered with; 200 is the answer itself. */
  status: number;
  readonly close: () => Promise<void>;
}

export async function startAdvisories(
  packages: Readonly<Record<string, Published>>,
): Promise<Advisories> {
  const asked: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const world: Advisories = {
    url: `http://127.0.0.1:${port}`,
    asked,
    known: [],
    status: 200,
    close: () => new Promise((done) => server.close(() => done())),
  };
  return world;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/";
    asked.push(`${request.method} ${path}`);
    if (request.method === "GET") return send(response, ...packument(path));
    const body = JSON.parse(await bodyOf(request));
    if (world.status !== 200) return send(response, world.status, { error: "not here" });
    if (path === "/-/npm/v1/security/advisories/bulk") return send(response, 200, bulk(body));
    if (path === "/osv") return send(response, 200, osv(body));
    return send(response, 404, {});
  }

  function packument(path: string): [number, unknown] {
    const name = decodeURIComponent(path.slice(1));
    const found = packages[name];
    if (!found) return [404, {}];
    const versions = found.versions.map((version) => [
      version,
      {
        name,
        version,
        dependencies: found.dependencies ?? {},
        dist: { tarball: `${world.url}/${name}/-/${name}-${version}.tgz`, shasum: "0".repeat(40) },
      },
    ]);
    const latest = found.versions.at(-1);
    return [200, { name, "dist-tags": { latest }, versions: Object.fromEntries(versions) }];
  }

  function bulk(body: Readonly<Record<string, readonly string[]>>): unknown {
    const found = world.known.filter(({ package: name, versions }) =>
      body[name]?.some((one) => versions.includes(one)),
    );
    const lists = new Map<string, unknown[]>();
    for (const [index, one] of found.entries()) {
      const { id, package: name, range, severity, title } = one;
      const advisory = {
        id: 1000 + index,
        url: `https://github.com/advisories/${id}`,
        title,
        severity,
        vulnerable_versions: range,
        cwe: ["CWE-1321"],
        cvss: { score: 7.5, vectorString: null },
      };
      lists.set(name, [...(lists.get(name) ?? []), advisory]);
    }
    return Object.fromEntries(lists);
  }

  function osv(body: { package: { name: string }; version: string }): unknown {
    const found = world.known.filter(
      ({ package: name, versions }) =>
        name === body.package.name && versions.includes(body.version),
    );
    if (found.length === 0) return {};
    const vulns = found.map(({ id, aliases = [], title, fixed, package: name }) => ({
      id,
      aliases,
      summary: title,
      affected: [
        {
          package: { name, ecosystem: "PyPI" },
          ranges: [
            { type: "ECOSYSTEM", events: [{ introduced: "0" }, ...(fixed ? [{ fixed }] : [])] },
          ],
        },
      ],
    }));
    return { vulns };
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  return (request.headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw).toString();
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}
