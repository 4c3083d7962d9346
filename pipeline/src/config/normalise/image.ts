import type { Image, Service } from "../config.ts";
import { secondsOf } from "../durations.ts";
import type { ParsedConfig, WrittenImage, WrittenService } from "../written.ts";

/** The image that is built: declared, or shown by a Dockerfile and then not blocking. */
export function normaliseImage(
  written: ParsedConfig["image"],
  shown: WrittenImage | undefined,
): Image | undefined {
  if (written === false) return undefined;
  const image = written ?? shown;
  if (!image) return undefined;
  return {
    dockerfile: image.dockerfile ?? "Dockerfile",
    context: image.context ?? ".",
    ...(image.target && { target: image.target }),
    args: image.args ?? {},
    port: image.port ?? 8080,
    env: image.env ?? {},
    ...(image.health && { health: image.health }),
    endpoints: (image.endpoints ?? []).map((endpoint) => ({
      path: endpoint.path,
      method: endpoint.method ?? "GET",
      ...(endpoint.body !== undefined && { body: endpoint.body }),
      status: endpoint.status ?? 200,
      ...(endpoint.contentType && { contentType: endpoint.contentType }),
      ...(endpoint.text && { text: endpoint.text }),
      ...(endpoint.json && { json: endpoint.json }),
    })),
    startupSeconds: secondsOf(image.startup ?? "60s"),
    blocking: written !== undefined,
  };
}

export function normaliseServices(written: Readonly<Record<string, WrittenService>>): Service[] {
  return Object.entries(written).map(([name, service]) => ({
    name,
    image: service.image,
    port: service.port,
    env: service.env ?? {},
    provides: service.provides ?? {},
    for: service.for ?? ["integration"],
    readySeconds: secondsOf(service.ready ?? "60s"),
  }));
}
