import type { Permission } from "../options.ts";
import type { World } from "../world/world.ts";

/** One request, as the operation that it asks for is handed it. */
export interface Asked<B = never> {
  /** The values in the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly search: URLSearchParams;
  readonly body: B;
  /** As it came, where it is no JSON. */
  readonly raw: Buffer;
  readonly contentType: string;
  readonly permission: Permission;
  /** Who acts under this token. */
  readonly login: string;
}

export type Handle<B = never> = (world: World, asked: Asked<B>) => Said;

/** What is answered; the rest of what GitHub tells there is filled in. */
export interface Said {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** By GitHub's own names of its operations. */
export type Operations = Readonly<Record<string, Handle>>;

export function said(status: number, body?: unknown): Said {
  return { status, body };
}

export function refusal(status: number, message: string, errors?: readonly unknown[]): Said {
  return {
    status,
    body: {
      message,
      documentation_url: "https://docs.github.com/rest",
      status: String(status),
      ...(errors && { errors }),
    },
  };
}

export const notFound = refusal(404, "Not Found");

export function invalid(resource: string, field: string, code: string, message?: string): Said {
  const error = { resource, field, code, ...(message && { message }) };
  return refusal(422, "Validation Failed", [error]);
}

/** A page of a list, with the way to the others. */
export function paged(
  { address, options }: World,
  { search }: Pick<Asked, "search">,
  items: readonly unknown[],
  { below, key }: { readonly below: string; readonly key?: string },
): Said {
  const size = Math.min(100, Number(search.get("per_page") ?? 30));
  const page = Number(search.get("page") ?? 1);
  const some = items.slice((page - 1) * size, page * size);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams([...search, ["page", String(to)]]);
    query.set("page", String(to));
    return `<${address}/repos/${options.owner}/${options.name}${below}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, "prev")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
  ];
  return {
    status: 200,
    body: key === undefined ? some : { total_count: items.length, [key]: some },
    ...(links.length > 0 && { headers: { Link: links.join(", ") } }),
  };
}
