export { type Answer, type Failure, mayBeApplied } from "../../../network/answer.ts";
export { type Archive, makeArchive } from "./archive.ts";
export { type Connection, connect, defaultAddress, type Token } from "./connection.ts";
export type { Deployment } from "./deployment.ts";
export {
  activeDeployments,
  cancelDeployment,
  findDeployment,
  listDeployments,
  redeploy,
  variablesOfDeployment,
} from "./deployments.ts";
export { describeFailure } from "./describe-failure.ts";
export { findUpload, type Mark } from "./find-upload.ts";
export { type Cursor, type LogLine, type LogPage, readLogs } from "./logs.ts";
export { type Phase, phaseOf } from "./phase.ts";
export { rollBack } from "./roll-back.ts";
export {
  applySettings,
  compareSettings,
  type Drift,
  readSettings,
  type Settings,
  type WantedSettings,
} from "./settings.ts";
export {
  findTarget,
  type Identity,
  type Target,
  type WantedTarget,
  whoAmI,
} from "./target.ts";
export { type Uploaded, upload } from "./upload.ts";
export { compareVariables, readVariables, setVariables, type VariableDrift } from "./variables.ts";
export { compareVolumes, createVolume, readVolumes, type Volume } from "./volumes.ts";
export { createWatch, type Seen, type SeenLine } from "./watch.ts";
