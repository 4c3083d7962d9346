import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  argument,
  type Changeset,
  type Container,
  check,
  type Directory,
  dag,
  type File,
  func,
  type GitRepository,
  object,
  type Secret,
  type Service,
} from "@dagger.io/dagger";
import * as core from "../core/index.js";

/**
 * Gantry: a delivery pipeline. It turns a repository into checked, tested and packed software, the
 * same on a laptop and in CI.
 *
 * The functions only hand over: what they do stands in pipeline/src and comes here as one bundle.
 */
@object()
export class Gantry {
  /**
   * Every check that the event calls for. Fails with the summary where the verdict is not green.
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param plan A plan that was made before, for the same source.
   * @param event GitHub's event file.
   * @param eventName The event's name: GitHub's own, or push, pull-request, schedule, manual.
   * @param ref The branch that is checked.
   * @param base The branch that a pull request wants to change.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is; a new one runs again what was red.
   * @param config The config, relative to the source (gantry.yaml).
   * @param secrets Secrets by the names that the config uses: env:NAME,env:OTHER.
   */
  @func({ cache: "never" })
  ci(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    plan?: File,
    event?: File,
    eventName?: string,
    ref?: string,
    base?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    secrets?: Secret[],
  ): Promise<string> {
    return core.check(
      given({ source, repo, plan, event, eventName, ref, base, runId, attempt, config, secrets }),
    );
  }

  /**
   * Every check that the event calls for, with the run's folder as the result whatever the verdict:
   * `dagger call run export --path=DIR`, then `dagger call verdict --run=DIR/run.json`.
   *
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param plan A plan that was made before, for the same source.
   * @param event GitHub's event file.
   * @param eventName The event's name: GitHub's own, or push, pull-request, schedule, manual.
   * @param ref The branch that is checked.
   * @param base The branch that a pull request wants to change.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is; a new one runs again what was red.
   * @param config The config, relative to the source (gantry.yaml).
   * @param secrets Secrets by the names that the config uses: env:NAME,env:OTHER.
   */
  @func({ cache: "never" })
  run(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    plan?: File,
    event?: File,
    eventName?: string,
    ref?: string,
    base?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    secrets?: Secret[],
  ): Promise<Directory> {
    return core.run(
      given({ source, repo, plan, event, eventName, ref, base, runId, attempt, config, secrets }),
    );
  }

  /**
   * What is asked of a pull request: title, branch, files, merge, secrets. The title comes with --event.
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param plan A plan that was made before, for the same source.
   * @param event GitHub's event file.
   * @param eventName The event's name: GitHub's own, or push, pull-request, schedule, manual.
   * @param ref The branch that is checked.
   * @param base The branch that a pull request wants to change.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is; a new one runs again what was red.
   * @param config The config, relative to the source (gantry.yaml).
   * @param secrets Secrets by the names that the config uses: env:NAME,env:OTHER.
   */
  @func({ cache: "never" })
  prChecks(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    plan?: File,
    event?: File,
    eventName?: string,
    ref?: string,
    base?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    secrets?: Secret[],
  ): Promise<string> {
    return core.check(
      given({ source, repo, plan, event, eventName, ref, base, runId, attempt, config, secrets }),
      ["pr-checks"],
    );
  }

  /**
   * Lint, format, types and builds.
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param plan A plan that was made before, for the same source.
   * @param event GitHub's event file.
   * @param eventName The event's name: GitHub's own, or push, pull-request, schedule, manual.
   * @param ref The branch that is checked.
   * @param base The branch that a pull request wants to change.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is; a new one runs again what was red.
   * @param config The config, relative to the source (gantry.yaml).
   * @param secrets Secrets by the names that the config uses: env:NAME,env:OTHER.
   */
  @check()
  @func({ cache: "never" })
  codeQuality(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    plan?: File,
    event?: File,
    eventName?: string,
    ref?: string,
    base?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    secrets?: Secret[],
  ): Promise<string> {
    return core.check(
      given({ source, repo, plan, event, eventName, ref, base, runId, attempt, config, secrets }),
      ["code-quality"],
    );
  }

  /**
   * Unit tests with the coverage gate, after code-quality.
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param plan A plan that was made before, for the same source.
   * @param event GitHub's event file.
   * @param eventName The event's name: GitHub's own, or push, pull-request, schedule, manual.
   * @param ref The branch that is checked.
   * @param base The branch that a pull request wants to change.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is; a new one runs again what was red.
   * @param config The config, relative to the source (gantry.yaml).
   * @param secrets Secrets by the names that the config uses: env:NAME,env:OTHER.
   */
  @check()
  @func({ cache: "never" })
  unitTests(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    plan?: File,
    event?: File,
    eventName?: string,
    ref?: string,
    base?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    secrets?: Secret[],
  ): Promise<string> {
    return core.check(
      given({ source, repo, plan, event, eventName, ref, base, runId, attempt, config, secrets }),
      ["unit-tests"],
    );
  }

  /**
   * Integration tests with their services and secrets, after code-quality.
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param plan A plan that was made before, for the same source.
   * @param event GitHub's event file.
   * @param eventName The event's name: GitHub's own, or push, pull-request, schedule, manual.
   * @param ref The branch that is checked.
   * @param base The branch that a pull request wants to change.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is; a new one runs again what was red.
   * @param config The config, relative to the source (gantry.yaml).
   * @param secrets Secrets by the names that the config uses: env:NAME,env:OTHER.
   */
  @func({ cache: "never" })
  integrationTests(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    plan?: File,
    event?: File,
    eventName?: string,
    ref?: string,
    base?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    secrets?: Secret[],
  ): Promise<string> {
    return core.check(
      given({ source, repo, plan, event, eventName, ref, base, runId, attempt, config, secrets }),
      ["integration-tests"],
    );
  }

  /**
   * The image, started and asked from a second container, after what it needs.
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param plan A plan that was made before, for the same source.
   * @param event GitHub's event file.
   * @param eventName The event's name: GitHub's own, or push, pull-request, schedule, manual.
   * @param ref The branch that is checked.
   * @param base The branch that a pull request wants to change.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is; a new one runs again what was red.
   * @param config The config, relative to the source (gantry.yaml).
   * @param secrets Secrets by the names that the config uses: env:NAME,env:OTHER.
   */
  @check()
  @func({ cache: "never" })
  smokeTests(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    plan?: File,
    event?: File,
    eventName?: string,
    ref?: string,
    base?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    secrets?: Secret[],
  ): Promise<string> {
    return core.check(
      given({ source, repo, plan, event, eventName, ref, base, runId, attempt, config, secrets }),
      ["smoke-tests"],
    );
  }

  /**
   * Whether what the repository depends on has known vulnerabilities, where gantry.yaml asks.
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param plan A plan that was made before, for the same source.
   * @param event GitHub's event file.
   * @param eventName The event's name: GitHub's own, or push, pull-request, schedule, manual.
   * @param ref The branch that is checked.
   * @param base The branch that a pull request wants to change.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is; a new one runs again what was red.
   * @param config The config, relative to the source (gantry.yaml).
   * @param secrets Secrets by the names that the config uses: env:NAME,env:OTHER.
   */
  @func({ cache: "never" })
  security(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    plan?: File,
    event?: File,
    eventName?: string,
    ref?: string,
    base?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    secrets?: Secret[],
  ): Promise<string> {
    return core.check(
      given({ source, repo, plan, event, eventName, ref, base, runId, attempt, config, secrets }),
      ["security"],
    );
  }

  /**
   * What would run, where and why, as JSON; what is skipped says the reason.
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param event GitHub's event file.
   * @param eventName The event's name: GitHub's own, or push, pull-request, schedule, manual.
   * @param ref The branch that is checked.
   * @param base The branch that a pull request wants to change.
   * @param config The config, relative to the source (gantry.yaml).
   */
  @func({ cache: "never" })
  plan(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    event?: File,
    eventName?: string,
    ref?: string,
    base?: string,
    config?: string,
  ): Promise<string> {
    return core.plan(given({ source, repo, event, eventName, ref, base, config }));
  }

  /**
   * The folder of this engine's latest run, or of --run-id, whatever its verdict. Runs nothing.
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param plan The plan that the run was made with, where it was made elsewhere.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param config The config, relative to the source (gantry.yaml).
   * @param attempt Which try of that run, where it was not the first.
   */
  @func({ cache: "never" })
  report(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    plan?: File,
    runId?: string,
    config?: string,
    attempt?: number,
  ): Promise<Directory> {
    return core.report(given({ source, repo, plan, runId, attempt, config }));
  }

  /**
   * Ends with the exit code of a run: 0 passed, 1 red, 3 unknown.
   * @param run The run.json of its folder.
   */
  @func({ cache: "never" })
  verdict(run: File): Promise<Container> {
    return core.verdict(dag, run);
  }

  /**
   * The application's image.
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param config The config, relative to the source (gantry.yaml).
   */
  @func()
  image(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    config?: string,
  ): Promise<Container> {
    return core.image(given({ source, repo, config }));
  }

  /**
   * The application with its services, to try by hand: `dagger call app up --ports 8080:8080`.
   * @param source The repository's files.
   * @param repo Its git repository: commit, branch, history.
   * @param config The config, relative to the source (gantry.yaml).
   */
  @func()
  app(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    config?: string,
  ): Promise<Service> {
    return core.app(given({ source, repo, config }));
  }

  /**
   * Brings a version to an environment, proves that it serves, and brings the version before it back
   * where it does not hold. Fails with what came of it where the verdict is not green.
   *
   * @param env The environment.
   * @param source The repository's files; of them only the config is read.
   * @param repo Its git repository, which holds the version.
   * @param secrets The provider's token and GitHub's, and what the tests name: env:NAME,env:OTHER.
   * @param wait How long to wait for another deploy to end, in seconds (0).
   * @param repository The repository on GitHub, where the record is kept: owner/name.
   * @param actor Who asks for it.
   * @param runUrl Where this run is seen.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is.
   * @param config The config, relative to the source (gantry.yaml).
   * @param githubUrl GitHub's API, where it is a server of your own.
   * @param railwayUrl Railway's API, where it is another server.
   * @param ref The version: a tag, branch or commit (what is checked out).
   * @param again Also where this version serves already.
   */
  @func({ cache: "never" })
  deploy(
    env: string,
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    secrets?: Secret[],
    wait?: number,
    repository?: string,
    actor?: string,
    runUrl?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    githubUrl?: string,
    railwayUrl?: string,
    ref?: string,
    again?: boolean,
  ): Promise<string> {
    return core.deploy(
      acting({
        env,
        ref,
        source,
        repo,
        secrets,
        wait,
        repository,
        actor,
        runUrl,
        runId,
        attempt,
        config,
        githubUrl,
        railwayUrl,
      }),
      again ?? false,
    );
  }

  /**
   * Brings an earlier version back and proves it: the proven one before what serves now, or --to.
   *
   * @param env The environment.
   * @param source The repository's files; of them only the config is read.
   * @param repo Its git repository, which holds the version.
   * @param secrets The provider's token and GitHub's, and what the tests name: env:NAME,env:OTHER.
   * @param wait How long to wait for another deploy to end, in seconds (0).
   * @param repository The repository on GitHub, where the record is kept: owner/name.
   * @param actor Who asks for it.
   * @param runUrl Where this run is seen.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is.
   * @param config The config, relative to the source (gantry.yaml).
   * @param githubUrl GitHub's API, where it is a server of your own.
   * @param railwayUrl Railway's API, where it is another server.
   * @param to A deployment, tag or commit.
   */
  @func({ cache: "never" })
  rollback(
    env: string,
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    secrets?: Secret[],
    wait?: number,
    repository?: string,
    actor?: string,
    runUrl?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    githubUrl?: string,
    railwayUrl?: string,
    to?: string,
  ): Promise<string> {
    return core.rollback(
      acting({
        env,
        source,
        repo,
        secrets,
        wait,
        repository,
        actor,
        runUrl,
        runId,
        attempt,
        config,
        githubUrl,
        railwayUrl,
      }),
      to,
    );
  }

  /**
   * Deploys the very version that serves and is proven in another environment.
   *
   * @param from The environment whose version is meant.
   * @param to The environment that gets it.
   * @param source The repository's files; of them only the config is read.
   * @param repo Its git repository, which holds the version.
   * @param secrets The provider's token and GitHub's, and what the tests name: env:NAME,env:OTHER.
   * @param wait How long to wait for another deploy to end, in seconds (0).
   * @param repository The repository on GitHub, where the record is kept: owner/name.
   * @param actor Who asks for it.
   * @param runUrl Where this run is seen.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is.
   * @param config The config, relative to the source (gantry.yaml).
   * @param githubUrl GitHub's API, where it is a server of your own.
   * @param railwayUrl Railway's API, where it is another server.
   */
  @func({ cache: "never" })
  promote(
    from: string,
    to: string,
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    secrets?: Secret[],
    wait?: number,
    repository?: string,
    actor?: string,
    runUrl?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    githubUrl?: string,
    railwayUrl?: string,
  ): Promise<string> {
    return core.promote(
      acting({
        env: to,
        source,
        repo,
        secrets,
        wait,
        repository,
        actor,
        runUrl,
        runId,
        attempt,
        config,
        githubUrl,
        railwayUrl,
      }),
      from,
    );
  }

  /**
   * Publishes the version that is due: tag, release, changelog, sync; what an earlier call has begun
   * is finished first. Fails with what came of it where a step is not done.
   *
   * @param source The repository's files; of them only the config is read.
   * @param repo Its git repository, with all tags.
   * @param secrets GitHub's token, and those of notify: env:GITHUB_TOKEN.
   * @param dryRun Only says as JSON what would be.
   * @param pr Opens or refreshes the release pull request instead.
   * @param branch The branch that is released (the one that is checked out).
   * @param component Only this one of release.components.
   * @param state The run's state.json: an asset, and what the metadata says of the deployment.
   * @param repository The repository on GitHub: owner/name.
   * @param runUrl Where this run is seen.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is.
   * @param config The config, relative to the source (gantry.yaml).
   * @param githubUrl GitHub's API, where it is a server of your own.
   */
  @func({ cache: "never" })
  release(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    secrets?: Secret[],
    dryRun?: boolean,
    pr?: boolean,
    branch?: string,
    component?: string,
    state?: File,
    repository?: string,
    runUrl?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    githubUrl?: string,
  ): Promise<string> {
    return core.release({
      ...own(),
      scratch: makeScratch(),
      source,
      repository: repo,
      secrets,
      dryRun,
      pr,
      branch,
      component,
      state,
      githubRepository: repository,
      runUrl,
      runId,
      attempt,
      config,
      githubUrl,
    });
  }

  /**
   * Says a run's verdict on its pull request, in the one comment that every later run updates. Answers
   * with where it stands; where it cannot be written (a fork's token may only read), with the comment
   * itself, as Markdown for a job's summary: `--output=$GITHUB_STEP_SUMMARY`. Judges nothing.
   *
   * @param run The run.json of its folder.
   * @param source The repository's files; of them only the config is read.
   * @param repo Its git repository, for the lines that the pull request adds.
   * @param event GitHub's event file, which names the pull request.
   * @param secrets GitHub's token: env:GITHUB_TOKEN.
   * @param pr The pull request, where neither the event nor the run names it.
   * @param baseRun The base's run.json or state.json, to compare coverage with; else GitHub is asked for it.
   * @param dryRun Only shows the comment.
   * @param repository The repository on GitHub: owner/name.
   * @param runUrl Where this run is seen.
   * @param runId GitHub's number of the run; a run.json of another one is refused.
   * @param config The config, relative to the source (gantry.yaml).
   * @param githubUrl GitHub's API, where it is a server of your own.
   */
  @func({ cache: "never" })
  comment(
    run: File,
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    event?: File,
    secrets?: Secret[],
    pr?: number,
    baseRun?: File,
    dryRun?: boolean,
    repository?: string,
    runUrl?: string,
    runId?: string,
    config?: string,
    githubUrl?: string,
  ): Promise<string> {
    return core.comment({
      ...asking({ source, repo, secrets, repository, config, githubUrl }),
      run,
      event,
      pr,
      baseRun,
      dryRun,
      runUrl,
      runId,
    });
  }

  /**
   * Compares how branches are protected on GitHub with what gantry.yaml asks for, and fails where it
   * differs. Changes nothing without --apply.
   *
   * @param source The repository's files.
   * @param repo Its git repository.
   * @param secrets An administrator's token, or an app's: env:GITHUB_TOKEN.
   * @param apply Mends what differs and nothing else, and looks again.
   * @param branch Only these branches.
   * @param repository The repository on GitHub: owner/name.
   * @param config The config, relative to the source (gantry.yaml).
   * @param githubUrl GitHub's API, where it is a server of your own.
   */
  @func({ cache: "never" })
  protect(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    secrets?: Secret[],
    apply?: boolean,
    branch?: string[],
    repository?: string,
    config?: string,
    githubUrl?: string,
  ): Promise<string> {
    return core.protect({
      ...asking({ source, repo, secrets, repository, config, githubUrl }),
      apply,
      branch,
    });
  }

  /**
   * Which secrets are needed where, which are missing, which are due; never a value. Fails where a
   * required one is missing or one is too old.
   *
   * @param source The repository's files.
   * @param repo Its git repository.
   * @param secrets Those that count as present, and GitHub's token: env:NAME,env:OTHER.
   * @param present What a workflow knows instead: NAME=true, NAME=false.
   * @param history Looks for secrets in every commit of what is checked out and of all tags as well.
   * @param repository The repository on GitHub: owner/name.
   * @param config The config, relative to the source (gantry.yaml).
   * @param githubUrl GitHub's API, where it is a server of your own.
   */
  @func({ cache: "never" })
  secrets(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    secrets?: Secret[],
    present?: string[],
    history?: boolean,
    repository?: string,
    config?: string,
    githubUrl?: string,
  ): Promise<string> {
    return core.secrets({
      ...asking({ source, repo, secrets, repository, config, githubUrl }),
      present,
      history,
    });
  }

  /**
   * Asks an address from a container until it has answered well often enough in a row. Needs no
   * configuration; fails where it is not well.
   *
   * @param url The address.
   * @param attempts How often it may fail (10).
   * @param interval Seconds between two questions (5).
   * @param consecutive Successes in a row (3).
   * @param health The health path (/api/health).
   * @param endpoints What else must answer 200: /path or "POST /path"; none for nothing.
   * @param commit The commit that must answer.
   * @param deployment The deployment that must answer.
   * @param certificates Certificates of a company's own, as PEM.
   * @param image An image with Node.js, instead of the pinned one.
   */
  @func({ cache: "never" })
  healthCheck(
    url: string,
    attempts?: number,
    interval?: number,
    consecutive?: number,
    health?: string,
    endpoints?: string[],
    commit?: string,
    deployment?: string,
    certificates?: File,
    image?: string,
  ): Promise<string> {
    return core.healthCheck({
      ...own(),
      url,
      attempts,
      interval,
      consecutive,
      health,
      endpoints,
      commit,
      deployment,
      certificates,
      image,
    });
  }

  /**
   * Newer versions of what the lock files pin, tested, as a change of the source: call it at the
   * repository's top, which is where the change is applied. What breaks a test is left out and named.
   *
   * @param source The repository's files, which are updated as they stand.
   * @param repo Its git repository.
   * @param secrets Secrets that the tests name: env:NAME,env:OTHER.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is.
   * @param config The config, relative to the source (gantry.yaml).
   */
  @func({ cache: "never" })
  updateDependencies(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    secrets?: Secret[],
    runId?: string,
    attempt?: number,
    config?: string,
  ): Promise<Changeset> {
    return core.updateDependencies(given({ source, repo, secrets, runId, attempt, config }));
  }

  /**
   * Finds updates for the branch that they go to, tests them, and keeps one pull request with a table
   * of what changed: opened, refreshed, closed when nothing is left. The tests meet no token.
   *
   * @param source The repository's files; of them only the config is read.
   * @param repo Its git repository, with that branch.
   * @param secrets GitHub's token and an app's, and what the tests name: env:GITHUB_TOKEN,env:OTHER.
   * @param dryRun Only says what would be proposed.
   * @param repository The repository on GitHub: owner/name.
   * @param runId The run: a name of your own, or GitHub's number.
   * @param attempt Which try of that run this is.
   * @param config The config, relative to the source (gantry.yaml).
   * @param githubUrl GitHub's API, where it is a server of your own.
   */
  @func({ cache: "never" })
  proposeUpdates(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    secrets?: Secret[],
    dryRun?: boolean,
    repository?: string,
    runId?: string,
    attempt?: number,
    config?: string,
    githubUrl?: string,
  ): Promise<string> {
    return core.proposeUpdates({
      ...given({ source, repo, secrets, runId, attempt, config }),
      dryRun,
      githubRepository: repository,
      githubUrl,
    });
  }

  /**
   * What the repository lacks of config, workflows, templates and documents, as a change of it. What
   * is there is completed or shown as a difference, never overwritten.
   *
   * @param source The repository's files.
   * @param repo Its git repository.
   * @param repository The repository on GitHub: owner/name.
   * @param module Where Gantry is published: github.com/OWNER/gantry@VERSION.
   * @param force Files whose new text is taken whatever they say now.
   */
  @func({ cache: "never" })
  init(
    @argument({ defaultPath: "/", ignore: [".git", ".gantry"] }) source: Directory,
    @argument({ defaultPath: "/" }) repo: GitRepository,
    repository?: string,
    module?: string,
    force?: string[],
  ): Promise<Changeset> {
    const stageProgram = dag.currentModule().source().file("core/stage.cjs");
    return core.init({
      dag,
      source,
      repository: repo,
      stageProgram,
      githubRepository: repository,
      module,
      force,
    });
  }
}

type Given = Partial<Omit<core.Arguments, "dag" | "procedures" | "source">> & {
  readonly source: Directory;
  readonly repo: GitRepository;
};

/** What every function hands over beside its own arguments. */
function given({ repo, ...others }: Given): core.Arguments {
  return { ...others, ...own(), repository: repo, scratch: makeScratch() };
}

type Acting = Omit<Partial<core.ActArguments>, "repository"> &
  Pick<core.ActArguments, "env" | "source"> & {
    readonly repo: GitRepository;
    readonly repository: string | undefined;
  };

function acting({ repo, repository, ...others }: Acting): core.ActArguments {
  const scratch = makeScratch();
  return { ...others, ...own(), repository: repo, githubRepository: repository, scratch };
}

type Asking = Omit<Partial<core.GithubArguments>, "repository"> &
  Pick<core.GithubArguments, "source"> & {
    readonly repo: GitRepository;
    readonly repository: string | undefined;
  };

function asking({ repo, repository, ...others }: Asking): core.GithubArguments {
  const scratch = makeScratch();
  return { ...others, ...own(), repository: repo, githubRepository: repository, scratch };
}

/** The engine, and the procedures that run in its containers. */
function own() {
  return { dag, procedures: dag.currentModule().source().file("core/procedures.js") };
}

/** A folder in this call's own container, whose files reach the engine without being in a query. */
function makeScratch(): core.Scratch {
  const name = `run-${crypto.randomUUID()}`;
  return {
    folder: () => dag.currentModule().workdir(name),
    async write(path, text) {
      const file = join(name, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    },
  };
}
