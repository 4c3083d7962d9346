import { beforeAll, describe, expect, test } from "vitest";
import { githubFiles } from "../../src/adopt/wanted-files.ts";
import { interferingKeys } from "../../src/dagger/dotenv.ts";
import { sampleFacts } from "../builders/adoption.ts";
import { introspect, type ModuleFunction } from "./introspect.ts";

/** The module as an engine comes to know it, and the words that workflows say to it. */
describe("the module", () => {
  let functions: Readonly<Record<string, ModuleFunction>>;
  beforeAll(async () => {
    functions = await introspect();
  }, 60_000);

  test("is understood by the SDK's introspector, with a description for everything", () => {
    expect(Object.keys(functions)).toEqual(
      expect.arrayContaining(["ci", "run", "deploy", "release", "comment", "protect", "secrets"]),
    );
    for (const [name, { description, arguments: given }] of Object.entries(functions)) {
      expect(description, name).toMatch(/\w/);
      for (const [argument, { description: words }] of Object.entries(given)) {
        expect(words, `${name} --${argument}`).toMatch(/\w/);
      }
    }
  });

  test("has no argument that a .env could set unseen, but for a health check's", () => {
    const { healthCheck: _, ...guarded } = functions;
    for (const [name, { arguments: given }] of Object.entries(guarded)) {
      for (const argument of Object.keys(given)) {
        const entry = `GANTRY_${name}_${argument}=x`;
        expect(interferingKeys(entry, ["gantry"]), entry).toHaveLength(1);
      }
    }
  });

  test("takes the repository that it is called in, and asks for nothing else but what must be said", () => {
    for (const name of ["comment", "protect", "secrets"]) {
      const given = Object.entries(functions[name]?.arguments ?? {});
      const asked = given.filter(([, { isOptional }]) => !isOptional);
      const said = asked.filter(([, { defaultPath }]) => defaultPath === undefined);
      expect(said.map(([argument]) => argument)).toEqual(name === "comment" ? ["run"] : []);
    }
  });

  test("has every function and argument that the generated workflows name", () => {
    const calls = githubFiles(sampleFacts()).flatMap((file) =>
      "text" in file ? (file.text.match(/dagger call .*/g) ?? []) : [],
    );
    expect(calls.length).toBeGreaterThan(5);
    for (const call of calls.filter((line) => line.includes("--source"))) {
      const [name = "", ...words] = call.replace("dagger call ", "").split(" ");
      const known = functions[camel(name)];
      expect(known, call).toBeDefined();
      const end = words.findIndex((word) => !word.startsWith("--"));
      for (const word of end < 0 ? words : words.slice(0, end)) {
        const flag = camel(/^--([a-z-]+)=/.exec(word)?.[1] ?? "");
        // Where the answer goes is a matter of `dagger call` itself.
        if (flag !== "output") expect(Object.keys(known?.arguments ?? {}), call).toContain(flag);
      }
    }
  });
});

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
