import { describe, expect, test } from "vitest";
import { machinePath, stepEnvironment } from "./environment.ts";

const request = {
  home: "/work/home",
  temporary: "/work/tmp",
  caches: "/cache",
  path: ["/work/.venv/bin", "/tools/uv"],
  runId: "run-1",
  ceiling: "/work",
};

describe("a step's environment", () => {
  test.each([
    "RAILWAY_TOKEN",
    "GITHUB_TOKEN",
    "GROQ_API_KEY",
    "AWS_SECRET_ACCESS_KEY",
    "NPM_TOKEN",
    "NODE_AUTH_TOKEN",
    "SSH_AUTH_SOCK",
    "DATABASE_URL",
    "PYTHONPATH",
    "NODE_OPTIONS",
    "LD_PRELOAD",
    "GIT_DIR",
    "VIRTUAL_ENV",
    "UV_PUBLISH_TOKEN",
    "PIP_INDEX_URL_PASSWORD",
    "ACTIONS_RUNTIME_TOKEN",
  ])("%s of the machine does not reach it", (name) => {
    const env = stepEnvironment({ [name]: "secret-value" }, request);
    expect(JSON.stringify(env)).not.toContain("secret-value");
  });

  test.each([
    "HTTPS_PROXY",
    "http_proxy",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "NODE_EXTRA_CA_CERTS",
    "REQUESTS_CA_BUNDLE",
    "PIP_CERT",
    "PIP_INDEX_URL",
    "UV_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "npm_config_registry",
  ])("%s does, since packages could not be had without it", (name) => {
    expect(stepEnvironment({ [name]: "value" }, request)).toMatchObject({ [name]: "value" });
  });

  test("has a home, a temporary folder and a clock of its own", () => {
    const machine = {
      HOME: "/home/ada",
      TMPDIR: "/tmp",
      TZ: "Asia/Tokyo",
      LANG: "de_DE",
      CI: "false",
    };
    expect(stepEnvironment(machine, request)).toMatchObject({
      HOME: "/work/home",
      TMPDIR: "/work/tmp",
      TZ: "UTC",
      LANG: "C.UTF-8",
      CI: "true",
      GANTRY_RUN_ID: "run-1",
      GIT_CEILING_DIRECTORIES: "/work",
    });
  });

  test("finds the step's programs before the tools', and these before the machine's", () => {
    const { PATH } = stepEnvironment({ PATH: "/usr/bin:/bin" }, request);
    expect(PATH).toBe("/work/.venv/bin:/tools/uv:/usr/bin:/bin");
  });

  test("leaves out what npm put into the machine's path", () => {
    const PATH = "/x/node_modules/.bin:/usr/bin::/y/node_modules/npm/node-gyp-bin:/bin";
    expect(machinePath({ PATH })).toEqual(["/usr/bin", "/bin"]);
    expect(machinePath({})).toContain("/usr/bin");
  });
});
