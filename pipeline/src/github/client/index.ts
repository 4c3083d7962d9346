export { actOnce, type Done } from "../../network/act-once.ts";
export { type Answer, type Failure, mayBeApplied } from "../../network/answer.ts";
export { type Artifact, downloadArtifact, listArtifacts } from "./actions/artifacts.ts";
export {
  findGreenRun,
  findPushRun,
  findWorkflowRun,
  type GreenRun,
  type PushRun,
  type WantedRun,
  type WorkflowRun,
} from "./actions/workflow-runs.ts";
export {
  createDeploymentStatus,
  type DeploymentState,
  type DeploymentStatus,
  listDeploymentStatuses,
  type NewDeploymentStatus,
} from "./deployments/deployment-statuses.ts";
export {
  createDeployment,
  type Deployment,
  findDeployment,
  listDeployments,
  type NewDeployment,
  type WantedDeployments,
} from "./deployments/deployments.ts";
export {
  createEnvironment,
  type Environment,
  findEnvironment,
  listEnvironments,
} from "./deployments/environments.ts";
export { type Branch, findBranch, listBranches } from "./git/branches.ts";
export {
  type Commit,
  type Comparison,
  compareCommits,
  findCommit,
  listPullsOfCommit,
} from "./git/commits.ts";
export { type File, type FileChange, findFile, putFile } from "./git/contents.ts";
export {
  createGitCommit,
  createTree,
  findGitCommit,
  type GitCommit,
  type NewGitCommit,
  type NewTree,
} from "./git/git-objects.ts";
export { type Merge, merge } from "./git/merges.ts";
export {
  createRef,
  createTagObject,
  findRef,
  findTagObject,
  moveRef,
  type Ref,
  type TagObject,
} from "./git/refs.ts";
export {
  type Comment,
  createComment,
  deleteComment,
  listComments,
  updateComment,
} from "./issues/comments.ts";
export {
  closeIssue,
  createIssue,
  findIssue,
  type Issue,
  listIssues,
  type NewIssue,
  reopenIssue,
  type WantedIssues,
} from "./issues/issues.ts";
export { addLabels, ensureLabel, type Label } from "./issues/labels.ts";
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
} from "./issues/pulls.ts";
export {
  type Asset,
  deleteHalfAsset,
  listAssets,
  type NewAsset,
  uploadAsset,
} from "./releases/assets.ts";
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
} from "./releases/releases.ts";
export { connectFromEnvironment } from "./rest/connect-from-environment.ts";
export { type Connection, connect, defaultAddress, type Repository } from "./rest/connection.ts";
export { describeFailure } from "./rest/describe-failure.ts";
export { findLogin } from "./rest/login.ts";
export { isMissing } from "./rest/operation.ts";
export { findProtection, putProtection, requireSignatures } from "./settings/protection.ts";
export type { Checks, People, Protection, Reviews } from "./settings/protection-form.ts";
export {
  type MergeSettings,
  type RepositoryFacts,
  readRepository,
  updateMergeSettings,
} from "./settings/repository.ts";
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
} from "./settings/rulesets.ts";
export { listSecretNames, listVariableNames, type SettingName } from "./settings/secrets.ts";
