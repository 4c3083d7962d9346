import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock.ts";
import { type App, type AppStart, failedToRespond } from "./app.ts";
import type { Behaviour, FakeAnswer } from "./behaviour.ts";

/** The built-in application: no process, only a behaviour. */
export function startFakeApp(clock: Clock, behaviour: Behaviour, start: AppStart): App {
  const startedAt = clock.now();
  const health = healthOf(behaviour);
  let running = true;
  let callOff = () => {};
  const booted = () => clock.now() - startedAt >= (behaviour.bootSeconds ?? 0) * 1000;
  start.log("Listening");
  return {
    handle(request, response) {
      if (!running || !booted()) return failedToRespond(response);
      const answer = behaviour.routes?.[routeOf(request)];
      if (answer) return write(response, answer, undefined);
      if (isHealth(request.url)) {
        return write(response, health.next(), identityOf(behaviour, start));
      }
      write(response, rootOr404(request), identityOf(behaviour, start));
    },
    async probe() {
      return running && booted() ? (health.next().status ?? 200) : undefined;
    },
    goLive() {
      health.goLive();
      if (behaviour.diesAfterSeconds === undefined) return;
      callOff = clock.after(behaviour.diesAfterSeconds * 1000, () => {
        running = false;
        start.onExit(1);
      });
    },
    async stop() {
      running = false;
      callOff();
    },
  };
}

function healthOf(behaviour: Behaviour) {
  let answers = behaviour.health ?? [{ status: 200 }];
  let count = 0;
  return {
    next(): FakeAnswer {
      const answer = answers[count % answers.length] ?? {};
      count += 1;
      return answer;
    },
    goLive() {
      answers = behaviour.healthLive ?? answers;
      count = 0;
    },
  };
}

function identityOf(behaviour: Behaviour, start: AppStart): Record<string, unknown> {
  return {
    deployment: start.deploymentId,
    commit: start.variables.GANTRY_COMMIT ?? null,
    ...behaviour.identity,
  };
}

function routeOf(request: IncomingMessage): string {
  return `${request.method} ${pathOf(request.url)}`;
}

function pathOf(url: string | undefined): string {
  return (url ?? "/").split("?")[0] as string;
}

function isHealth(url: string | undefined): boolean {
  return pathOf(url).endsWith("/health");
}

function rootOr404(request: IncomingMessage): FakeAnswer {
  return { status: pathOf(request.url) === "/" ? 200 : 404 };
}

function write(
  response: ServerResponse,
  answer: FakeAnswer,
  identity: Record<string, unknown> | undefined,
): void {
  const status = answer.status ?? (answer.redirect ? 302 : 200);
  const state = status < 400 ? "ok" : "failing";
  const send = () => {
    if (answer.redirect) response.setHeader("Location", answer.redirect);
    response.setHeader("Content-Type", answer.html ? "text/html" : "application/json");
    response.writeHead(status);
    if (answer.endless) return void response.write('{"status":');
    response.end(answer.html ?? JSON.stringify(answer.json ?? { status: state, ...identity }));
  };
  if (answer.delaySeconds) setTimeout(send, answer.delaySeconds * 1000).unref();
  else send();
}
