import { type GivenNetwork, type Network, openNetwork } from "../../../network/network.ts";

/** How one repository on GitHub is reached, over the network. */
export interface Connection extends Network {
  /** Of the API, without a slash at its end; a server of one's own has a path in it. */
  readonly address: string;
  /** A function, so that no print of a connection shows it. */
  readonly token: () => string;
  readonly repository: Repository;
}

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

export const defaultAddress = "https://api.github.com";

type Given = Pick<Connection, "token" | "repository"> &
  Partial<Pick<Connection, "address">> &
  GivenNetwork;

export function connect({ address, token, repository, ...network }: Given): Connection {
  const trimmed = (address ?? defaultAddress).replace(/\/+$/, "");
  return { ...openNetwork(network), address: trimmed, token, repository };
}
