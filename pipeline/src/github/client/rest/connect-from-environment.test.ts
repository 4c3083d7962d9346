import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { connectFromEnvironment } from "./connect-from-environment.ts";

const environment = { GITHUB_TOKEN: "very-secret", GITHUB_REPOSITORY: "octo/my.rose" };

function messages(changes: Readonly<Record<string, string | undefined>>): readonly string[] {
  const result = connectFromEnvironment({ ...environment, ...changes });
  return result.ok ? [] : result.problems.map(({ message }) => message);
}

describe("connecting from the environment", () => {
  it("takes GitHub itself unless told, and shows the token nowhere", () => {
    const result = connectFromEnvironment({ ...environment, GITHUB_API_URL: "" });
    expect(result).toMatchObject({
      ok: true,
      value: {
        address: "https://api.github.com",
        repository: { owner: "octo", name: "my.rose" },
      },
    });
    expect(inspect(result, { depth: 9 }) + JSON.stringify(result)).not.toContain("very-secret");
    expect(result.ok && result.value.token()).toBe("very-secret");
  });

  it.each([
    ["https://ghe.test/api/v3/", "https://ghe.test/api/v3"],
    ["http://127.0.0.1:4001", "http://127.0.0.1:4001"],
  ])("honours GITHUB_API_URL %s", (given, address) => {
    const result = connectFromEnvironment({ ...environment, GITHUB_API_URL: given });
    expect(result).toMatchObject({ ok: true, value: { address } });
  });

  it.each(["http://ghe.test/api/v3", "ghe.test", "ftp://ghe.test"])(
    "sends no token to %s",
    (GITHUB_API_URL) => {
      expect(messages({ GITHUB_API_URL })).toEqual([
        "GITHUB_API_URL is no address that a token may be sent to",
      ]);
    },
  );

  it("says all that is missing at once", () => {
    expect(messages({ GITHUB_TOKEN: " ", GITHUB_REPOSITORY: undefined })).toEqual([
      "GITHUB_TOKEN is not set",
      "GITHUB_REPOSITORY is not set",
    ]);
  });

  it.each(["rose", "octo/rose/more", "/rose", "octo/", "octo/..", "octo/a b"])(
    "takes %j for no repository",
    (GITHUB_REPOSITORY) => {
      expect(messages({ GITHUB_REPOSITORY })).toEqual([
        `GITHUB_REPOSITORY is ${JSON.stringify(GITHUB_REPOSITORY)}, which names no repository`,
      ]);
    },
  );
});
