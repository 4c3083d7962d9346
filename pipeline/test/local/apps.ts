/** Small applications of one file each, as versions that are sent. */

/** Says which version it is; ends, or answers slowly, when it is asked to. */
export function goodApp(version: string): string {
  return `
const http = require("node:http");
const version = ${JSON.stringify(version)};
const server = http.createServer((request, response) => {
  if (request.url === "/crash") process.exit(3);
  if (request.url === "/leave") process.exit(0);
  response.setHeader("x-version", version);
  response.setHeader("content-type", "application/json");
  const body = JSON.stringify({
    version, id: process.env.GANTRY_DEPLOYMENT_ID, commit: process.env.GANTRY_COMMIT,
    mode: process.env.MODE, host: process.env.HOST, pid: process.pid,
    token: process.env.RAILWAY_TOKEN,
  });
  if (request.url === "/slow") {
    response.write(" ");
    return setTimeout(() => response.end(body), 1500);
  }
  response.end(body);
});
server.listen(process.env.PORT, process.env.HOST, () => console.log("listening as " + version));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
`;
}

/** Ends at once. */
export const brokenApp = 'console.error("no configuration"); process.exit(2);\n';

/** Starts well, and is never healthy. */
export const sickApp = `
require("node:http").createServer((request, response) => {
  response.statusCode = 500;
  response.end("sick");
}).listen(process.env.PORT, process.env.HOST);
`;

/** A page for every path, as single-page front ends give. */
export const pageApp = `
require("node:http").createServer((request, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end("<!doctype html><title>hello</title>");
}).listen(process.env.PORT, process.env.HOST);
`;

/** Listens, but not where it was told to. */
export const deafApp = `
require("node:http").createServer((request, response) => response.end("{}"))
  .listen(0, process.env.HOST);
`;

/** Healthy, stubborn, and with a child that has left its process group. */
export function stubbornApp(version: string): string {
  return `
const { spawn } = require("node:child_process");
process.on("SIGTERM", () => console.log("not yet"));
spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" }).unref();
${goodApp(version).replace(/^process\.on\("SIGTERM".*$/m, "")}
`;
}
