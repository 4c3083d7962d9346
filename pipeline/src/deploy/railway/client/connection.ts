import { type GivenNetwork, type Network, openNetwork } from "../../../network/network.ts";

/** How Railway is reached: the address and a token, over the network. */
export interface Connection extends Network {
  readonly address: string;
  readonly token: Token;
}

/** The value is a function, so that no print of a connection shows it. */
export interface Token {
  readonly kind: "project" | "account";
  /** What people call it; said where it is not accepted. */
  readonly name?: string;
  readonly value: () => string;
}

export const defaultAddress = "https://backboard.railway.com";

type Given = Pick<Connection, "token"> & Partial<Pick<Connection, "address">> & GivenNetwork;

export function connect({ address = defaultAddress, token, ...network }: Given): Connection {
  return { ...openNetwork(network), address, token };
}
