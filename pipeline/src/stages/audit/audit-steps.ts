import { exceptionsOf } from "../../config/accepted.ts";
import type { Command, Component, Config } from "../../config/config.ts";
import type { Audit, ExecStep, Report } from "../../plan/step.ts";
import { commandStep } from "../command-step.ts";
import type { PlanContext } from "../context.ts";
import { rulesOf, within } from "../toolchains/toolchain.ts";
import { type AuditPlan, requirements } from "./audit-plan.ts";

/** Asks about the packages of each lock or manifest that a component has. */
export function auditSteps(component: Component, context: PlanContext): ExecStep[] {
  const settings = settingsOf(context.config);
  if (!settings) return [];
  const plans = rulesOf(component).audits(component, context, settings);
  return plans.flatMap((plan, index) => {
    const id = `${component.name}/audit${index === 0 ? "" : `-${index + 1}`}`;
    const file = within(component, plan.file);
    const { lacks, without } = plan;
    const said = { ...(lacks && { lacks }), ...(without && { without }) };
    return stepsOf({ component, plan, id, audit: { ...settings, file, ...said } });
  });
}

function settingsOf({ written }: Config): Omit<Audit, "file"> | undefined {
  const audit = written.security && (written.security.audit ?? {});
  if (!audit) return undefined;
  const { level = "high", development = true, required = true } = audit;
  const accepted = exceptionsOf(written.accepted).filter(({ check }) => check === "audit");
  return { level, development, required, accepted };
}

interface AuditSite {
  readonly component: Component;
  readonly plan: AuditPlan;
  readonly id: string;
  readonly audit: Audit;
}

function stepsOf(site: AuditSite): ExecStep[] {
  const { plan, id, audit } = site;
  const preparing = `${id}.packages`;
  const asking = stepOf(site, {
    id,
    title: `known vulnerabilities of ${audit.file}`,
    argv: plan.ask(`{reports:${preparing}}/${requirements}`),
    format: plan.format,
    leaves: `{reports}/${plan.format}.json`,
  });
  if (!plan.prepare) return [asking];
  const { argv, leaves } = plan.prepare;
  const title = `packages of ${audit.file}`;
  const prepared = stepOf(site, { id: preparing, title, argv, format: "file", leaves });
  return [
    { ...prepared, early: true },
    { ...asking, needs: [preparing], after: preparing, reads: [preparing] },
  ];
}

interface What {
  readonly id: string;
  readonly title: string;
  readonly argv: Command;
  readonly format: Report["format"];
  readonly leaves: string;
}

/** Longer than the tools themselves wait and try again. */
const timeoutSeconds = 600;

function stepOf({ component, plan, audit }: AuditSite, what: What): ExecStep {
  const { format, leaves, ...command } = what;
  const artifact = `security/${what.id}/${leaves.replace(/^.*\//, "")}`;
  return {
    ...commandStep(component, command, undefined, "main"),
    timeoutSeconds,
    env: { ...component.env },
    inputs: { ...(plan.include && { include: [...plan.include] }), history: false },
    leaves: [{ format, path: leaves, artifact }],
    audit: { ...audit, accepted: [...audit.accepted] },
  };
}
