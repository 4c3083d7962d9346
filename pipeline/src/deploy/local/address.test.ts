import { describe, expect, it } from "vitest";
import type { Config } from "../../config/config.ts";
import { addressOf } from "./address.ts";

function configWith(url: string | undefined): Config {
  const environment = { name: "e", provider: "local", waitSeconds: 1, tests: [] } as const;
  return { environments: [{ ...environment, ...(url && { url }) }] } as unknown as Config;
}

describe("an environment's address on this machine", () => {
  it.each([
    [undefined, undefined, undefined],
    ["http://localhost:8080", 8080, "http://localhost:8080"],
    ["http://127.0.0.1:8080/", 8080, "http://127.0.0.1:8080"],
    ["http://[::1]:9000", 9000, "http://[::1]:9000"],
    ["http://localhost", 80, "http://localhost"],
  ])("of %s is port %s", (url, port, shown) => {
    expect(addressOf(configWith(url), "e")).toEqual({ ok: true, port, url: shown, warnings: [] });
  });

  it("is any port where another machine's name stands, with a warning", () => {
    const address = addressOf(configWith("https://rose.example.com"), "e");
    expect(address).toMatchObject({ ok: true, port: undefined, url: "https://rose.example.com" });
    expect(address.ok && address.warnings).toHaveLength(1);
  });

  it("is refused with https, and where there is no such environment", () => {
    expect(addressOf(configWith("https://localhost:8443"), "e").ok).toBe(false);
    expect(addressOf(configWith(undefined), "other").ok).toBe(false);
  });
});
