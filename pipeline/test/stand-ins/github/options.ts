/** How the stand-in is set up; every part has a default that suits a test. */
export interface Options {
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly tokens: Tokens;
  readonly requestsPerHour: number;
  /** Where it listens; any free port unless told. */
  readonly port: number;
  readonly tls: { readonly key: string; readonly cert: string } | undefined;
}

export type Permission = "read" | "write" | "admin";

/** One for each permission: an administrator's, a workflow's own, and one of a fork's workflow. */
export type Tokens = Readonly<Record<Permission, string>>;

export const defaults: Options = {
  owner: "octo",
  name: "rose",
  private: false,
  defaultBranch: "main",
  tokens: {
    admin: "admin-token-of-the-stand-in",
    write: "write-token-of-the-stand-in",
    read: "read-token-of-the-stand-in",
  },
  requestsPerHour: 5000,
  port: 0,
  tls: undefined,
};
