import { z } from "zod";
import { duration, environment, port, relativePath } from "./basics.ts";

// The image, the services beside it, and what is asked of what is started.

export const service = z
  .strictObject({
    image: z.string().min(1).describe("The container image, best with a digest."),
    port,
    env: environment.optional().describe("Variables for the service itself."),
    provides: environment
      .optional()
      .describe("Variables for the tests; `{host}` and `{port}` are filled in."),
    for: z
      .array(z.enum(["unit", "integration", "smoke", "e2e"]))
      .optional()
      .describe("The suites that need it (integration)."),
    ready: duration.optional().describe("Longest time until its port answers (60s)."),
  })
  .describe("A container that runs beside tests.");

const expectation = z
  .strictObject({
    path: z.string().startsWith("/").describe("The path that is asked for."),
    method: z
      .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
      .optional()
      .describe("How it is asked for (GET)."),
    body: z.json().optional().describe("A JSON body to send."),
    status: z.int().min(100).max(599).optional().describe("The status that must come back (200)."),
    contentType: z
      .string()
      .optional()
      .describe("The start of the content type that must come back."),
    text: z.string().optional().describe("Text that must be in the answer."),
    json: z
      .record(z.string(), z.json())
      .optional()
      .describe("Fields of the JSON answer: a type (`string`, `number`, …) or the exact value."),
  })
  .describe("A request and what must come back.");

export const image = z.strictObject({
  dockerfile: relativePath.optional().describe("The Dockerfile (`Dockerfile`)."),
  context: relativePath.optional().describe("The build's folder (`.`)."),
  target: z.string().optional().describe("The stage of the Dockerfile to build."),
  args: environment.optional().describe("Build arguments."),
  port: port.optional().describe("The port it listens on (8080, also as $PORT)."),
  env: environment.optional().describe("Variables for the started container."),
  health: z.string().startsWith("/").optional().describe("The health path."),
  endpoints: z.array(expectation).optional().describe("Further endpoints that must answer."),
  startup: duration.optional().describe("Longest time until it is healthy (60s)."),
});
