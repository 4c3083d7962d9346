import { afterEach, beforeEach, expect } from "vitest";
import { openSite, type Site } from "./site.ts";

/** Both stand-ins for each test of a file; version 0 serves already, and is proven. */
export function eachWithSite(): () => Site {
  let site: Site | undefined;
  beforeEach(async () => {
    site = await openSite();
    expect(await site.deploy(0, { owner: "before" })).toMatchObject({ verdict: "live" });
  });
  afterEach(() => site?.close());
  return () => {
    if (!site) throw new Error("no test is running");
    return site;
  };
}
