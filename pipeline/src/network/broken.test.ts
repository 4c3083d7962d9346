import { describe, expect, it } from "vitest";
import { refuseTls, serveExpired, withoutNames } from "../../test/builders/refusing.ts";
import { explainBroken } from "./broken.ts";
import { describeCertificate } from "./certificate.ts";

const withCode = (code: string) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("inner"), { code }) });

/** What is said of a request that really fails. */
async function asking(url: string) {
  const error = await fetch(url).then(
    () => undefined,
    (failed: unknown) => failed,
  );
  return explainBroken(error, url);
}

describe("a request that is not answered", () => {
  it.each([
    ["ECONNREFUSED", false],
    ["ENOTFOUND", false],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", false],
    ["ERR_TLS_CERT_ALTNAME_INVALID", false],
    ["CERT_HAS_EXPIRED", false],
    ["ECONNRESET", true],
    ["UND_ERR_SOCKET", true],
    ["SOMETHING_NEW", true],
  ])("%s: reached %s", async (code, reached) => {
    expect(await explainBroken(withCode(code), "https://127.0.0.1:1")).toMatchObject({ reached });
  });

  it("names the day on which a certificate expired", async () => {
    const url = await serveExpired();
    expect(await asking(url)).toEqual({
      words: "the certificate of 127.0.0.1 expired on 2020-01-02",
      code: "CERT_HAS_EXPIRED",
      reached: false,
      unreachable: true,
    });
  });

  it("says that an encrypted connection is refused", async () => {
    expect(await asking(await refuseTls())).toMatchObject({
      words: "127.0.0.1 refuses an encrypted connection",
      reached: false,
      unreachable: true,
    });
  });

  it.each([
    ["ENOTFOUND", "the name rose.test is not known"],
    ["EAI_AGAIN", "the name rose.test could not be looked up"],
  ] as const)("%s: names the name", async (code, words) => {
    withoutNames(code);
    expect(await asking("http://rose.test")).toEqual({
      words,
      code,
      reached: false,
      unreachable: true,
    });
  });

  it("has words where there is no code", async () => {
    expect(await explainBroken("odd", "http://rose.test")).toMatchObject({
      words: "the connection broke",
      reached: true,
      unreachable: false,
    });
  });
});

describe("a certificate", () => {
  const seen = {
    notBefore: new Date("2030-01-01T00:00:00Z"),
    notAfter: new Date("2031-01-01T00:00:00Z"),
    names: "DNS:other.test",
  };
  const now = Date.parse("2026-01-01T00:00:00Z");
  it.each([
    ["CERT_HAS_EXPIRED", "a certificate that vouches for rose.test has expired"],
    ["CERT_NOT_YET_VALID", "the certificate of rose.test is not good before 2030-01-01"],
    [
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "the certificate of rose.test is for other names: DNS:other.test",
    ],
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "the certificate of rose.test is signed by nobody whom this machine trusts",
    ],
  ])("%s", (code, words) => {
    expect(describeCertificate({ code, host: "rose.test", seen, now })).toBe(words);
  });

  it("that cannot be read has words as well", () => {
    const unseen = { code: "CERT_HAS_EXPIRED", host: "rose.test", seen: undefined, now };
    expect(describeCertificate(unseen)).toBe("the certificate of rose.test has expired");
  });
});
