import { z } from "zod";

/** Every way that a deploy can end. Only `live` is green; each has its page in docs/deploy-verdicts.md. */
export const verdict = z.enum([
  "live",
  "build-failed",
  "never-live",
  "crashed",
  "unhealthy",
  "wrong-version",
  "unidentified",
  "tests-failed",
  "unproven",
  "timed-out",
  "superseded",
  "skipped",
  "needs-approval",
  "cancelled",
  "refused",
  "abandoned",
  "locked",
  "unknown",
]);
export type Verdict = z.infer<typeof verdict>;

/** What was done about a version that is not wanted. */
export const rollback = z.enum(["not-needed", "done", "failed", "impossible"]);
export type Rollback = z.infer<typeof rollback>;

interface Meaning {
  /** As the rest of a sentence that begins with the environment's name. */
  readonly means: string;
  /** What was done about it, whatever the environment. */
  readonly done: string;
  readonly mend: string;
  readonly exit: 0 | 1 | 3;
}

export const meanings: Readonly<Record<Verdict, Meaning>> = {
  live: {
    means: "serves the new version, and it is proven",
    done: "the record says that it is proven; nothing else",
    mend: "nothing is to be done",
    exit: 0,
  },
  "build-failed": {
    means: "could not build the new version",
    done: "nothing: the old version never stopped serving",
    mend: "the build log's last lines show why; mend it, and deploy again",
    exit: 1,
  },
  "never-live": {
    means: "started the new version, which never passed the provider's own health check",
    done: "nothing: the old version never stopped serving",
    mend: "the deployment's log shows its last words; start it by hand with the same variables",
    exit: 1,
  },
  crashed: {
    means: "saw the new version end by itself",
    done: "where it had taken over, the version before it is brought back, and proven",
    mend: "the deployment's log shows its last words",
    exit: 1,
  },
  unhealthy: {
    means: "saw the new version live, but not answering as expected",
    done: "the version before it is brought back, and proven",
    mend: "the samples show what was asked and answered; `gantry verify` asks again",
    exit: 1,
  },
  "wrong-version": {
    means: "was told that the new version is live, but another one answers",
    done: "the version before it is brought back, and proven",
    mend: "look whether the address belongs to this service, and whether something caches in between",
    exit: 1,
  },
  unidentified: {
    means: "answers, but does not say which version it is",
    done: "the version before it is brought back, and proven",
    mend: "let the health answer carry `commit` or `deployment_id` (GANTRY_COMMIT and GANTRY_DEPLOYMENT_ID are in its environment), or say `identity: provider`",
    exit: 1,
  },
  "tests-failed": {
    means: "failed the tests that follow a deploy",
    done: "the version before it is brought back, and proven",
    mend: "the failed tests are in the report; mend what they show, and deploy again",
    exit: 1,
  },
  unproven: {
    means: "serves the new version, which is healthy, but the tests that follow could not run",
    done: "nothing: the new version stays",
    mend: "mend what kept them from running, then `gantry verify`; or `gantry rollback`",
    exit: 3,
  },
  "timed-out": {
    means: "did not get the new version live in time",
    done: "it is called off; where it goes live all the same, it is judged like any other",
    mend: "the log shows where it stood; a longer time is `wait:` in gantry.yaml",
    exit: 1,
  },
  superseded: {
    means: "got another deployment while this one was under way",
    done: "nothing: what the other deployment brought is left alone",
    mend: "look at who deployed (`gantry history`), then deploy again if this one is still wanted",
    exit: 1,
  },
  skipped: {
    means: "skipped the deployment: the provider took it for unneeded",
    done: "nothing: the old version never stopped serving",
    mend: "look at the provider's watch patterns for this service",
    exit: 1,
  },
  "needs-approval": {
    means: "waits for somebody's approval at the provider; the deployment was called off",
    done: "it is called off; the old version never stopped serving",
    mend: "approve at the provider whom it asks for, then deploy again",
    exit: 1,
  },
  cancelled: {
    means: "was left while a deploy was under way",
    done: "what was not yet live is called off, and the environment is let go; what was live is judged by the next run",
    mend: "deploy again; what was left is picked up first",
    exit: 1,
  },
  refused: {
    means: "was refused, by the provider or by the place where the record is kept",
    done: "nothing was sent, and nothing is held",
    mend: "the reason above is their own; mend it, and deploy again",
    exit: 1,
  },
  abandoned: {
    means: "never got what an ended run meant to send",
    done: "the attempt is closed; the run that found it goes on with its own",
    mend: "deploy again",
    exit: 1,
  },
  locked: {
    means: "is being deployed by somebody else",
    done: "nothing",
    mend: "wait for it, or give `--wait`; `gantry unlock` if its run is certainly gone",
    exit: 3,
  },
  unknown: {
    means: "gave no answer that a verdict could stand on",
    done: "nothing more: the attempt is left open, and the next run goes on from where it stands",
    mend: "run the same command again: it looks first, and picks up what was left",
    exit: 3,
  },
};
