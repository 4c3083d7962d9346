export { actOnce, type Done } from "../../network/act-once.ts";
export { type Answer, type Failure, mayBeApplied } from "../../network/answer.ts";
export { type Artifact, downloadArtifact, listArtifacts } from "./artifacts.ts";
export { type Asset, deleteHalfAsset, listAssets, type NewAsset, uploadAsset } from "./assets.ts";
export { type Branch, findBranch, listBranches } from "./branches.ts";
export {
  type Comment,
  createComment,
  deleteComment,
  listComments,
  updateComment,
} from "./comments.ts";
export {
  type Commit,
  type Comparison,
  compareCommits,
  findCommit,
  listPullsOfCommit,
} from "./commits.ts";
export { connectFromEnvironment } from "./connect-from-environment.ts";
export { type Connection, connect, defaultAddress, type Repository } from "./connection.ts";
export { type File, type FileChange, findFile, putFile } from "./contents.ts";
export {
  createDeploymentStatus,
  type DeploymentState,
  type DeploymentStatus,
  listDeploymentStatuses,
  type NewDeploymentStatus,
} from "./deployment-statuses.ts";
export {
  createDeployment,
  type Deployment,
  findDeployment,
  listDeployments,
  type NewDeployment,
  type WantedDeployments,
} from "./deployments.ts";
export { describeFailure } from "./describe-failure.ts";
export {
  createEnvironment,
  type Environment,
  findEnvironment,
  listEnvironments,
} from "./environments.ts";
export {
  createGitCommit,
  createTree,
  findGitCommit,
  type GitCommit,
  type NewGitCommit,
  type NewTree,
} from "./git-objects.ts";
export {
  closeIssue,
  createIssue,
  findIssue,
  type Issue,
  listIssues,
  type NewIssue,
  reopenIssue,
  type WantedIssues,
} from "./issues.ts";
export { addLabels, ensureLabel, type Label } from "./labels.ts";
export { findLogin } from "./login.ts";
export { type Merge, merge } from "./merges.ts";
export { isMissing } from "./operation.ts";
export { findProtection, putProtection, requireSignatures } from "./protection.ts";
export type { Checks, People, Protection, Reviews } from "./protection-form.ts";
export {
  type ChangedFile,
  closePull,
  createPull,
  findPull,
  listPullFiles,
  listPulls,
  type NewPull,
  type PullChange,
  type PullRequest,
  updatePull,
  type WantedPulls,
} from "./pulls.ts";
export {
  createRef,
  createTagObject,
  findRef,
  findTagObject,
  moveRef,
  type Ref,
  type TagObject,
} from "./refs.ts";
export {
  createDraft,
  deleteDraft,
  findRelease,
  findReleaseByTag,
  listReleases,
  type NewRelease,
  type Release,
  type ReleaseChange,
  updateRelease,
} from "./releases.ts";
export {
  type MergeSettings,
  type RepositoryFacts,
  readRepository,
  updateMergeSettings,
} from "./repository.ts";
export {
  type BypassActor,
  createRuleset,
  findRuleset,
  listRulesets,
  type Rule,
  type Ruleset,
  type RulesetName,
  updateRuleset,
  type WantedRuleset,
} from "./rulesets.ts";
export { listSecretNames, listVariableNames, type SettingName } from "./secrets.ts";
export {
  findGreenRun,
  findPushRun,
  type GreenRun,
  type PushRun,
  type WantedRun,
} from "./workflow-runs.ts";
