import type { Server } from "node:http";
import type { Arm } from "../../armed-faults.ts";
import { openControls } from "../../control.ts";
import type { ConnectionFault } from "../../railway/faults/fault.ts";
import type { Fault } from "../fault.ts";
import type { GithubStandIn } from "../stand-in.ts";
import { commitTo, type NewCommit, pushTo } from "../world/git.ts";
import { mergePull } from "../world/merge-pull.ts";
import type { Setting } from "../world/model.ts";
import { addSetting } from "../world/settings.ts";
import { addRun } from "../world/workflow-runs.ts";

export function openControl(
  standIn: () => GithubStandIn,
): Promise<{ readonly server: Server; readonly port: number }> {
  return openControls(() => controlsOf(standIn()));
}

type OnRequest = Arm & { readonly operation: string; readonly fault: Fault };

interface NewSetting {
  readonly kind: "secrets" | "variables";
  readonly environment?: string;
  readonly setting: Pick<Setting, "name" | "value">;
}

/** A green push, with artifacts in base64. */
interface NewRun {
  readonly branch: string;
  readonly sha: string;
  readonly artifacts: readonly { readonly name: string; readonly zip: string }[];
}

/** What other processes can ask and set. */
function controlsOf({ world, faults, ...standIn }: GithubStandIn) {
  return {
    state: () => stateOf(world),
    requests: () => standIn.requests,
    mismatches: () => standIn.mismatches,
    faults: () => faults.armed(),
    "fault-on-request": ({ operation, fault, ...arm }: OnRequest) =>
      faults.arm(operation, fault, arm),
    "clear-faults": () => faults.clear(),
    connection: ({ fault }: { fault?: ConnectionFault | null }) =>
      standIn.connection(fault ?? undefined),
    advance: ({ seconds }: { seconds: number }) => standIn.advance(seconds),
    commit: ({ branch, ...wanted }: NewCommit & { branch: string }) => ({
      sha: commitTo(world, branch, wanted).sha,
    }),
    push: ({ branch, sha }: { branch: string; sha: string }) => pushTo(world, branch, sha),
    "merge-pull": ({ number, how }: { number: number; how?: "squash" | "merge" }) => ({
      sha: mergePull(world, number, how).sha,
    }),
    setting: ({ kind, environment, setting }: NewSetting) =>
      addSetting(world, kind, setting, environment),
    "workflow-run": ({ branch, sha, artifacts }: NewRun) => ({
      id: addRun(world, {
        branch,
        sha,
        artifacts: artifacts.map(({ name, zip }) => ({
          name,
          content: Buffer.from(zip, "base64"),
        })),
      }).id,
    }),
  };
}

function stateOf(world: GithubStandIn["world"]) {
  const { address, refs, deployments, releases, issues, labels, environments } = world;
  const { rulesets, repository } = world;
  return {
    address,
    now: world.clock.now(),
    repository,
    refs: Object.fromEntries(refs),
    commits: [...world.commits.values()].map(({ files, ...one }) => ({
      ...one,
      files: [...files.keys()],
    })),
    deployments,
    releases: releases.map(({ assets, ...one }) => ({
      ...one,
      assets: assets.map(({ content, ...asset }) => ({ ...asset, bytes: content.length })),
    })),
    issues,
    labels,
    environments,
    rulesets,
    protections: Object.fromEntries(world.protections),
  };
}
