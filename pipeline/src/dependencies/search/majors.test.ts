import { describe, expect, it } from "vitest";
import type { LockSite } from "../locks/lock-sites.ts";
import type { FileContent } from "../report/report.ts";
import { updateSettings } from "../settings.ts";
import { createChecks } from "./checks.ts";
import { takeMajors } from "./majors.ts";
import type { Checked, Locked } from "./ports.ts";
import { updateLocks } from "./update.ts";

const site: LockSite = {
  tool: "requirements",
  ecosystem: "python",
  lock: "requirements.txt",
  folder: ".",
  components: ["back"],
};

const pins = (versions: Readonly<Record<string, string>>): string =>
  Object.entries(versions)
    .map(([name, version]) => `${name}==${version}\n    # via -r requirements.in\n`)
    .join("");

const old = { alpha: "1.0", beta: "1.0" };
const newest = { alpha: "2.0", beta: "2.0" };

interface World {
  readonly majors?: readonly string[];
  readonly ignore?: readonly { package: string; reason: string }[];
  readonly runs?: number;
  /** What is newest within the ranges. */
  readonly within?: Readonly<Record<string, string>>;
  readonly check?: (texts: ReadonlyMap<string, string>) => Checked["verdict"];
  /** The package manager's answer where ranges are raised. */
  readonly lock?: Locked;
}

/** A package manager that pins what the ranges of its manifest end in. */
async function take({ majors = ["*"], ignore = [], runs, within = old, ...world }: World) {
  const settings = updateSettings({
    majors: [...majors],
    ignore: [...ignore],
    ...(runs && { runs }),
  });
  const manifest = "alpha<2\nbeta<2\n";
  const tried: FileContent[][] = [];
  const ports = {
    async lock(_site: LockSite, files: readonly FileContent[]): Promise<Locked> {
      const raised = files.find(({ path }) => path === "requirements.in")?.content;
      if (raised === undefined) return { kind: "locked", text: pins(within) };
      if (world.lock) return world.lock;
      const to = (name: "alpha" | "beta"): string =>
        raised.includes(`${name}<3`) ? newest[name] : (within[name] ?? "");
      return { kind: "locked", text: pins({ alpha: to("alpha"), beta: to("beta") }) };
    },
    async check(files: readonly FileContent[]): Promise<Checked> {
      tried.push([...files]);
      const texts = new Map(files.map(({ path, content }) => [path, content]));
      return { verdict: world.check?.(texts) ?? "green", reason: "it fell", components: ["back"] };
    },
  };
  const checks = createChecks(ports);
  const request = {
    sites: [site],
    texts: new Map([[site.lock, pins(old)]]),
    settings,
    today: "2026-11-23",
  };
  const outcome = await takeMajors({
    outcome: await updateLocks(request, { lock: ports.lock, checks }),
    settings,
    today: request.today,
    facts: (_lock, name) => ({ latest: newest[name as keyof typeof newest] }),
    manifests: async () => [{ path: "requirements.in", content: manifest }],
    lock: ports.lock,
    checks,
  });
  const [lock] = outcome.locks;
  return { outcome, lock, tried };
}

const moved = (lock: Awaited<ReturnType<typeof take>>["lock"]) =>
  lock?.made.map(({ name, to }) => [name, to]);

describe("versions beyond the ranges", () => {
  it("are not tried unless they are named, and not where they are ignored", async () => {
    expect((await take({ majors: [] })).tried).toEqual([]);
    const ignore = [{ package: "alpha", reason: "waits" }];
    const { lock } = await take({ ignore });
    expect(moved(lock)).toEqual([["beta", "2.0"]]);
    expect(lock?.manifests).toEqual([{ path: "requirements.in", content: "alpha<2\nbeta<3\n" }]);
  });

  it("come on top of what went through within the ranges, and one that breaks is left out", async () => {
    const { outcome, lock } = await take({
      within: { alpha: "1.5", beta: "1.0" },
      check: (texts) => (texts.get(site.lock)?.includes("alpha==2.0") ? "red" : "green"),
    });
    expect(moved(lock)).toEqual([
      ["alpha", "1.5"],
      ["beta", "2.0"],
    ]);
    expect(outcome.found.leftOut).toMatchObject([
      { update: "requirements.txt\nalpha", why: "breaks" },
    ]);
    expect(lock?.manifests).toEqual([{ path: "requirements.in", content: "alpha<2\nbeta<3\n" }]);
  });

  it("never take back what was good, where the world fails for them", async () => {
    const { outcome, lock } = await take({
      within: { alpha: "1.5", beta: "1.0" },
      lock: { kind: "world", reason: "no answer", mend: "again" },
    });
    expect(outcome.found.stopped).toBeUndefined();
    expect(moved(lock)).toEqual([["alpha", "1.5"]]);
    expect(outcome.found.leftOut.map(({ why, reason }) => [why, reason])).toEqual([
      ["untried", "not tried: no answer"],
      ["untried", "not tried: no answer"],
    ]);
  });

  it("say that nothing is known, where nothing else went through", async () => {
    const { outcome } = await take({ lock: { kind: "world", reason: "no answer", mend: "again" } });
    expect(outcome.found.stopped).toEqual({ why: "world", reason: "no answer" });
  });

  it("are left for another day where the runs are used up", async () => {
    const within = { alpha: "1.5", beta: "1.0" };
    const { outcome, tried } = await take({ within, runs: 1 });
    expect(tried).toHaveLength(1);
    expect(outcome.found.leftOut).toEqual([]);
  });

  it("that cannot be locked are left out as impossible, and what stays behind is no update", async () => {
    const { outcome, lock } = await take({ lock: { kind: "locked", text: pins(old) } });
    expect(outcome.found.leftOut.map(({ why }) => why)).toEqual(["impossible", "impossible"]);
    expect(lock?.text).toBeUndefined();
    expect(lock?.manifests).toBeUndefined();
  });
});
