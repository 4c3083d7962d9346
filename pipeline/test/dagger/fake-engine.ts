import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  buildSchema,
  execute,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
} from "graphql";

/** One call of the engine's API, with its arguments; ids in them are replaced by what they stand for. */
export interface Call {
  readonly field: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** An object of the engine: the calls that made it. */
export interface Thing {
  readonly type: string;
  readonly calls: readonly Call[];
}

/** What a query for a plain value is answered with; undefined: an empty value of its type. */
export type Answers = (thing: Thing, call: Call) => unknown;

export interface FakeEngine {
  readonly port: number;
  /** Every query that does not validate against the schema, with the reason. */
  readonly refused: readonly string[];
  readonly queries: readonly string[];
  /** Everything that was asked for, as the calls that lead there. */
  readonly asked: readonly Thing[];
  readonly close: () => Promise<void>;
}

const schema = buildSchema(
  readFileSync(new URL("../schemas/dagger-v0.21.8.graphqls", import.meta.url), "utf8"),
);

/** An endpoint that speaks the engine's own schema: it refuses what is wrong, and answers by type. */
export async function startFakeEngine(answers: Answers): Promise<FakeEngine> {
  const refused: string[] = [];
  const queries: string[] = [];
  const memory = new Memory(answers);
  const server = createServer(async (request, response) => {
    const { query, variables } = JSON.parse(await bodyOf(request)) as Posted;
    queries.push(query);
    const document = parse(query);
    const problems = validate(schema, document).map((error) => error.message);
    refused.push(...problems.map((problem) => `${problem}\n${query}`));
    const result =
      problems.length > 0
        ? { errors: problems.map((message) => ({ message })) }
        : await execute({
            schema,
            document,
            rootValue: { type: "Query", calls: [] } satisfies Thing,
            ...(variables && { variableValues: variables }),
            fieldResolver: memory.resolve,
            typeResolver: (value) => (value as Thing).type,
          });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(result));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    refused,
    queries,
    asked: memory.asked,
    close: () => closed(server),
  };
}

interface Posted {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** Knows by id what was made how. */
class Memory {
  readonly asked: Thing[] = [];
  private readonly byId = new Map<string, Thing>();
  private readonly named = new WeakMap<Thing, string>();
  private readonly ids = new Map<string, string>();
  private readonly answers: Answers;

  constructor(answers: Answers) {
    this.answers = answers;
  }

  readonly resolve: GraphQLFieldResolver<Thing, unknown> = (source, args, _context, info) => {
    const call = { field: info.fieldName, args: this.withThings(args) };
    if (call.field === "node") return this.known(String(args.id));
    const made = { type: getNamedType(info.returnType).name, calls: [...source.calls, call] };
    if (isObjectType(getNamedType(info.returnType)) && !isList(info)) return made;
    if (call.field === "id") return this.idOf(source);
    if (call.field === "sync" || call.field === "start" || call.field === "stop") {
      this.asked.push(made);
      return this.idOf(source);
    }
    this.asked.push(made);
    return this.answers(source, call) ?? emptyOf(info);
  };

  private idOf(thing: Thing): string {
    // What stands for something by id already is named by it: written out, keys would grow for ever.
    const key = JSON.stringify(thing, (_name, value: unknown) =>
      value !== thing && this.named.has(value as Thing) ? this.named.get(value as Thing) : value,
    );
    const id = this.ids.get(key) ?? `${thing.type}:${this.ids.size + 1}`;
    this.ids.set(key, id);
    if (!this.byId.has(id)) this.byId.set(id, thing);
    this.named.set(this.known(id), id);
    return id;
  }

  private known(id: string): Thing {
    const thing = this.byId.get(id);
    if (!thing) throw new Error(`the engine knows no ${id}`);
    return thing;
  }

  private withThings(args: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(args).map(([name, value]) => [
        name,
        typeof value === "string" && this.byId.has(value) ? this.byId.get(value) : value,
      ]),
    );
  }
}

function isList({ returnType }: GraphQLResolveInfo): boolean {
  return isListType(isNonNullType(returnType) ? returnType.ofType : returnType);
}

function emptyOf(info: GraphQLResolveInfo): unknown {
  if (isList(info)) return [];
  const name = getNamedType(info.returnType).name;
  if (name === "Int" || name === "Float") return 0;
  return name === "Boolean" ? false : name === "Void" ? null : "";
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
