import { createHash } from "node:crypto";
import { alphabets, type Random } from "./random.ts";

const { hex, word, base64 } = alphabets;
const lines = (count: number, line: (index: number) => string): string =>
  `${Array.from({ length: count }, (_, index) => line(index)).join("\n")}\n`;

/** What looks like a secret to whoever only counts letters. */
export function harmlessFiles(random: Random): Readonly<Record<string, string>> {
  const digest = (algorithm: string, index: number): string =>
    createHash(algorithm).update(String(index)).digest("hex");
  const uuid = (): string => [8, 4, 4, 4, 12].map((length) => random.text(length, hex)).join("-");
  return {
    "SHA256SUMS.txt": lines(50, (i) => `${digest("sha256", i)}  release-${i}.tar.gz`),
    "commits.txt": lines(50, (i) => `${digest("sha1", i)} feat: change ${i}`),
    "uuids.json": JSON.stringify({ ids: Array.from({ length: 50 }, uuid) }, null, 2),
    "session.py": lines(20, () => `REQUEST_ID = "${uuid()}"`),
    "package-lock.json": JSON.stringify(
      {
        lockfileVersion: 3,
        packages: Object.fromEntries(
          Array.from({ length: 60 }, (_, i) => [
            `node_modules/p${i}`,
            {
              version: `1.0.${i}`,
              resolved: `https://registry.npmjs.org/p${i}/-/p${i}-1.0.${i}.tgz`,
              integrity: `sha512-${createHash("sha512").update(String(i)).digest("base64")}`,
            },
          ]),
        ),
      },
      null,
      2,
    ),
    "uv.lock": lines(
      60,
      (i) =>
        `sdist = { url = "https://files.pythonhosted.org/packages/p${i}.tar.gz", hash = "sha256:${digest("sha256", i)}", size = ${i} }`,
    ),
    "go.sum": lines(
      60,
      (i) =>
        `example.com/m${i} v1.${i}.0 h1:${createHash("sha256").update(String(i)).digest("base64")}`,
    ),
    "bundle.min.js": lines(5, () =>
      Array.from(
        { length: 200 },
        () => `${random.text(1, "abcdefgh")}.${random.text(2, "xyzw")}=function(e){return e.key+1}`,
      ).join(";"),
    ),
    "image.svg": `<svg><image href="data:image/png;base64,${random.text(3000, base64)}"/></svg>\n`,
    "styles.css": lines(
      30,
      () => `.css-${random.text(8, word)} { color: #${random.text(6, hex)}; }`,
    ),
    Dockerfile: lines(8, (i) => `FROM example/image@sha256:${digest("sha256", i)}`),
    ".env.example": "API_KEY=\nTOKEN=your-token-here\nSECRET=changeme\nPASSWORD=<password>\n",
    "settings.py": lines(
      4,
      (i) =>
        [
          'API_KEY = os.environ["API_KEY"]',
          "token = get_token(request.headers)",
          `password = "$${"{DB_PASSWORD}"}"`,
          'api_key: str = Field(description="the key")',
        ][i] as string,
    ),
    "wp-config-sample.php": `<?php\ndefine( 'DB_PASSWORD', '${"password"}_here' );\ndefine( 'AUTH_KEY', 'put your unique phrase here' );\n`,
    passwd: "root:x:0:0:root:/root:/bin/sh\nrose:*:1000:1000::/home/rose:/bin/sh\n",
    "test_settings.py": 'SECRET_KEY = os.environ["SECRET_KEY"]\nSECRET_KEY = "not-so-secret"\n',
    "docs.md": `Set \`AWS_ACCESS_KEY_ID=AKIA${"IOSFODNN7"}EXAMPLE\` and \`GITHUB_TOKEN=ghp_${"x".repeat(36)}\`.\n`,
    "public.pem": `-----BEGIN PUBLIC KEY-----\n${random.text(64, base64)}\n-----END PUBLIC KEY-----\n`,
  };
}
