import { Ajv, type SchemaObject, type ValidateFunction } from "ajv";
import {
  description,
  type Operation,
  type Parameter,
  type Response,
  resolve,
} from "./description.ts";

/** What a request or an answer has that GitHub's description does not allow; nothing where all is well. */
export type Mismatch = string | undefined;

export function checkRequest(
  operation: Operation,
  search: URLSearchParams,
  body: unknown,
): Mismatch {
  return checkSearch(operation, search) ?? checkBody(operation, body);
}

function checkSearch(operation: Operation, search: URLSearchParams): Mismatch {
  const known = (operation.parameters ?? []).map((one) => resolve<Parameter>(one));
  const inQuery = known.filter((one) => one.in === "query");
  const schema = {
    type: "object",
    properties: Object.fromEntries(inQuery.map((one) => [one.name, one.schema])),
    required: inQuery.filter((one) => one.required).map((one) => one.name),
    additionalProperties: false,
  };
  return check(coercing(), `query of ${operation.operationId}`, schema, Object.fromEntries(search));
}

function checkBody({ operationId, requestBody }: Operation, body: unknown): Mismatch {
  const schema = requestBody?.content["application/json"]?.schema;
  if (!schema) return undefined;
  if (body === undefined && !requestBody?.required) return undefined;
  return check(strict(), `body of ${operationId}`, closed(schema), body);
}

/** GitHub leaves out of account what it does not know; here it is a mistake in a name. */
function closed(schema: SchemaObject): SchemaObject {
  return schema.properties ? { ...schema, additionalProperties: false } : schema;
}

export function checkAnswer(operation: Operation, status: number, body: unknown): Mismatch {
  const schema = answerSchema(operation, status);
  if (!schema) return undefined;
  return check(strict(), `${status} of ${operation.operationId}`, schema, body);
}

/** The form of an answer; what is said of errors is seldom told for each operation. */
export function answerSchema(operation: Operation, status: number): SchemaObject | undefined {
  const response = operation.responses[status];
  return response && resolve<Response>(response).content?.["application/json"]?.schema;
}

const compiled = new Map<string, ValidateFunction>();

function check(ajv: Ajv, name: string, schema: SchemaObject, value: unknown): Mismatch {
  const validate = compiled.get(name) ?? ajv.compile(toDescription(schema));
  compiled.set(name, validate);
  if (validate(value)) return undefined;
  return `${name}: ${ajv.errorsText(validate.errors).slice(0, 800)}`;
}

let strictOne: Ajv | undefined;
let coercingOne: Ajv | undefined;

function strict(): Ajv {
  strictOne ??= create(false);
  return strictOne;
}

function coercing(): Ajv {
  coercingOne ??= create(true);
  return coercingOne;
}

const id = "https://github.test/description";

function create(coerceTypes: boolean): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes, validateSchema: false });
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  // An address that nobody gave is told as an empty one.
  ajv.addFormat("uri", (text) => text === "" || URL.canParse(text));
  for (const format of otherFormats) ajv.addFormat(format, true);
  return ajv.addSchema(description(), id);
}

const otherFormats = [
  "email",
  "int64",
  "repo.nwo",
  "timestamp",
  "ip",
  "url",
  "uuid",
  "date",
  "hostname",
];

/** References lead into the whole description. */
function toDescription<T>(value: T): T {
  if (Array.isArray(value)) return value.map(toDescription) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === "$ref" && typeof one === "string" ? id + one : toDescription(one),
    ]),
  ) as T;
}
