import { type GraphQLSchema, parse, validate } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import * as deployments from "../../src/deploy/railway/client/deployments.ts";
import * as logs from "../../src/deploy/railway/client/logs.ts";
import type { Operation } from "../../src/deploy/railway/client/operation.ts";
import { phaseOf } from "../../src/deploy/railway/client/phase.ts";
import * as rollback from "../../src/deploy/railway/client/roll-back.ts";
import * as settings from "../../src/deploy/railway/client/settings.ts";
import * as target from "../../src/deploy/railway/client/target.ts";
import * as variables from "../../src/deploy/railway/client/variables.ts";
import * as volumes from "../../src/deploy/railway/client/volumes.ts";
import * as following from "../../src/deploy/railway/client/watch.ts";
import { hasSchema } from "../stand-ins/railway/ask.ts";
import { loadSchema } from "../stand-ins/railway/graphql/schema.ts";
import { sampleAnswer } from "./sample-answer.ts";

const modules = {
  deployments,
  following,
  logs,
  rollback,
  settings,
  target,
  variables,
  volumes,
};
const operations = Object.values(modules)
  .flatMap((module) => Object.entries(module))
  .filter((entry): entry is [string, Operation<never, unknown>] => entry[0].endsWith("Operation"));

describe.skipIf(!hasSchema)("every request against Railway's schema (needs railway.json)", () => {
  let schema: GraphQLSchema;
  beforeAll(() => {
    schema = loadSchema({ newerFields: false });
  });

  it("are all here", () => expect(operations.length).toBeGreaterThan(13));

  it.each(operations)("%s is valid, and is what it says it is", (_, operation) => {
    const document = parse(operation.text);
    expect(validate(schema, document)).toEqual([]);
    expect(document.definitions[0]).toMatchObject({ operation: operation.kind });
  });

  it.each(operations)("%s reads every answer that the schema allows", async (_, operation) => {
    for (const nulls of [false, true]) {
      const answer = await sampleAnswer(schema, operation.text, nulls);
      const read = operation.answer.safeParse(answer);
      expect(read.error?.issues, JSON.stringify(answer)).toBeUndefined();
    }
  });

  it("each status has a meaning", () => {
    const type = schema.getType("DeploymentStatus");
    const words = type && "getValues" in type ? type.getValues().map(({ name }) => name) : [];
    expect(words).toHaveLength(13);
    expect(words.filter((word) => phaseOf(word).phase === "unknown")).toEqual([]);
  });

  it("each setting can be written as well as read", () => {
    const input = schema.getType("ServiceInstanceUpdateInput");
    const fields = input && "getFields" in input ? Object.keys(input.getFields()) : [];
    const read = /serviceInstance\([^{]*\{([^}]*)\}/.exec(settings.settingsOperation.text)?.[1];
    expect(fields).toEqual(expect.arrayContaining(read?.trim().split(/\s+/) ?? ["nothing"]));
  });
});
