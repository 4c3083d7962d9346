import type { Source } from "../../host/source/source.ts";
import { surveyOf } from "../../host/source/survey.ts";
import { type Answer, mapOk, ok, refused, thenOk } from "../../network/answer.ts";
import type { Shipment, Sighting } from "../provider.ts";
import { addressOf } from "./address.ts";
import { type Connection, type ConnectRequest, ensureDaemon } from "./connect.ts";
import { askDaemon } from "./control/client.ts";
import { howToRun } from "./how.ts";
import { containerOrders, type Orders, processOrders } from "./order.ts";
import { placesOf } from "./places.ts";
import { localUrl } from "./preflight.ts";
import type { LocalRequest } from "./provider.ts";
import { sourceOf, stage } from "./shipment.ts";
import { sightingOf } from "./sighting.ts";

/**
 * Hands a version over to the environment's daemon, which builds and starts it. The same key is
 * one deployment, however often it is sent.
 */
export async function send(
  request: LocalRequest,
  connecting: ConnectRequest,
  shipment: Shipment,
): Promise<Answer<Sighting>> {
  const address = addressOf(request.config, request.environment);
  if (!address.ok) return refused(address.reason);
  const connected = await ensureDaemon(connecting);
  return thenOk(connected, async (connection) => {
    const { port } = connection.status;
    if (connecting.port !== undefined && connecting.port !== port) {
      return refused(otherPort(request.environment, port, connecting.port));
    }
    const told = await handOver(request, connection, shipment);
    return mapOk(told, (deployment) => sightingOf(deployment, address.url ?? localUrl(port)));
  });
}

function otherPort(environment: string, found: number, wanted: number): string {
  return (
    `${environment} is served on port ${found}, and the config says ${wanted}: ` +
    `\`gantry down --env ${environment}\` frees it for the new one`
  );
}

async function handOver(request: LocalRequest, { socket }: Connection, shipment: Shipment) {
  const { key, commit, message } = shipment;
  const before = await askDaemon(socket, "find", { key });
  if (before.kind !== "ok") return before;
  if (before.value.deployment) return ok(before.value.deployment);
  const source = await sourceOf(shipment);
  const orders = await ordersFor(request, shipment, source);
  if (orders.kind !== "ok") return orders;
  const places = placesOf(request.repository, request.environment);
  const staged = await stage(places, source, orders.value.build);
  try {
    const asks = { key, commit, message, incoming: staged.name, order: orders.value.run };
    return mapOk(await askDaemon(socket, "deploy", asks), ({ deployment }) => deployment);
  } finally {
    // Gone already where the daemon has taken it over.
    await staged.remove();
  }
}

async function ordersFor(
  request: LocalRequest,
  { key, commit }: Shipment,
  source: Source,
): Promise<Answer<Orders>> {
  const how = await howToRun(request.config, request.machine);
  if (!how.ok) return refused(how.reason);
  const { config, environment, home } = request;
  const survey = await surveyOf(source);
  const wanted = { config, environment, home, key, commit, source, survey };
  const orders = how.kind === "container" ? containerOrders(wanted) : processOrders(wanted);
  return orders ? ok(orders) : refused("the config does not say how this is started");
}
