import { note, type Value, yamlText } from "../yaml-text.ts";
import { runner } from "./pins.ts";
import { stepValue } from "./step-value.ts";
import { variablesValue } from "./variables-value.ts";
import type { Concurrency, Environment, Grant, Job, Triggers, Workflow } from "./workflow.ts";

/** A workflow as the text of its file. */
export function workflowText(workflow: Workflow): string {
  const { name, about, on, concurrency, jobs } = workflow;
  return yamlText(
    {
      name,
      on: note(triggersValue(on), { apart: true }),
      permissions: note({}, { apart: true, above: "Every job gets only what it says." }),
      concurrency: note(concurrencyValue(concurrency), { apart: true, above: concurrency.why }),
      jobs: note(
        Object.fromEntries(
          jobs.map((job, index) => [
            job.id,
            note(jobValue(job), { above: job.about, apart: index > 0 }),
          ]),
        ),
        { apart: true },
      ),
    },
    about,
  );
}

function triggersValue(on: Triggers): Value {
  const { push, pullRequest, schedule, byHand } = on;
  return {
    push: push && { branches: push.branches },
    pull_request: pullRequest && { branches: pullRequest.branches, types: pullRequest.types },
    merge_group: on.mergeGroup && null,
    schedule: schedule && [note({ cron: schedule.cron }, { above: schedule.words })],
    workflow_dispatch: byHand && inputsValue(byHand.inputs),
  };
}

function inputsValue(inputs: NonNullable<Triggers["byHand"]>["inputs"]): Value {
  const all = Object.entries(inputs);
  if (all.length === 0) return null;
  return { inputs: Object.fromEntries(all.map(([name, input]) => [name, { ...input }])) };
}

function concurrencyValue({ group, cancel }: Concurrency): Value {
  return { group, "cancel-in-progress": cancel };
}

function jobValue(job: Job): Value {
  const base = {
    name: job.id,
    needs: job.needs?.length === 1 ? job.needs[0] : job.needs,
    if: job.condition && note(job.condition.is, { above: job.condition.why }),
  };
  const concurrency =
    job.concurrency && note(concurrencyValue(job.concurrency), { above: job.concurrency.why });
  const permissions = grantsValue(job.grants);
  return {
    ...base,
    "runs-on": runner,
    environment: job.environment && environmentValue(job.environment),
    "timeout-minutes": job.minutes,
    concurrency,
    permissions,
    outputs: job.outputs,
    env: job.env && variablesValue(job.env),
    steps: job.steps.map(stepValue),
  };
}

function grantsValue(grants: readonly Grant[]): Value {
  return Object.fromEntries(
    grants.map(({ scope, level, why }) => [scope, note(level, { beside: why })]),
  );
}

function environmentValue({ name, url, deployment, why }: Environment): Value {
  return note({ name, url, deployment }, { above: why });
}
