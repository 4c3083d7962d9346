import { type Behaviour, well } from "./apps/behaviour.ts";

/** How the stand-in is set up; every part has a default that suits a test. */
export interface Options {
  readonly durations: Durations;
  readonly accountToken: string;
  readonly projectToken: string;
  readonly stagingToken: string;
  /** Requests an hour and token: 100, 1,000 or 10,000 by Railway's plan. */
  readonly requestsPerHour: number;
  /** Uploads above this are answered with 413. */
  readonly largestUpload: number;
  /** How many deployments that once served can be rolled back to. */
  readonly retention: number;
  /** Whether `canRollback` is said of the deployment that serves; Railway does not document it. */
  readonly servingCanRollback: boolean;
  /** Whether uploads are really unpacked and started; else the built-in application answers. */
  readonly runsUploads: boolean;
  /** The start command where the service's settings name none. */
  readonly startCommand: string | undefined;
  /** How the next uploads behave in the built-in application; settable while running. */
  behaviour: Behaviour;
  /** Answers fields that a newer command line asks for, which are not in the schema at hand. */
  readonly newerFields: boolean;
  /** Where it listens; any free port unless told. */
  readonly port: number;
  readonly tls: { readonly key: string; readonly cert: string } | undefined;
}

/** In milliseconds of the stand-in's clock. */
export interface Durations {
  readonly queued: number;
  readonly initializing: number;
  readonly building: number;
  readonly starting: number;
  readonly probeEvery: number;
  readonly restart: number;
}

export const defaults: Options = {
  durations: {
    queued: 1000,
    initializing: 1000,
    building: 20_000,
    starting: 2000,
    probeEvery: 1000,
    restart: 1000,
  },
  accountToken: "account-token-of-the-stand-in",
  projectToken: "project-token-of-the-stand-in",
  stagingToken: "staging-token-of-the-stand-in",
  requestsPerHour: 10_000,
  largestUpload: 512 * 1024 * 1024,
  retention: 10,
  servingCanRollback: true,
  runsUploads: false,
  startCommand: undefined,
  behaviour: well,
  newerFields: false,
  port: 0,
  tls: undefined,
};
