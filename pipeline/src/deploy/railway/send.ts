import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answer, lost, mapOk, thenOk } from "../../network/answer.ts";
import type { Shipment, Sighting } from "../provider.ts";
import { type Connection, makeArchive, setVariables, type Target, upload } from "./client/index.ts";

/** The variable by which a deployment knows itself, and by which a lost upload is found again. */
export const keyVariable = "GANTRY_DEPLOYMENT_ID";

/** Bakes commit and key into the deployment, and uploads the source once. */
export async function sendShipment(
  connection: Connection,
  target: Target,
  shipment: Shipment,
): Promise<Answer<Sighting>> {
  const folder = await mkdtemp(join(tmpdir(), "gantry-upload-"));
  try {
    const { root, files, commit, key, message } = shipment;
    const archive = await makeArchive({ root, files, path: join(folder, "source.tgz") });
    const identity = { GANTRY_COMMIT: commit, [keyVariable]: key };
    const named = await setTwice(() => setVariables(connection, target, identity));
    const uploaded = await thenOk(named, () => upload(connection, target, archive, message));
    return mapOk(uploaded, ({ deploymentId, host }) => ({
      id: deploymentId,
      phase: "waiting",
      said: "uploaded",
      createdAt: new Date(connection.now()).toISOString(),
      url: host && `https://${host}`,
    }));
  } catch (error) {
    return lost(`the source could not be packed: ${(error as Error).message}`, false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same values twice are the same as once; but a lost answer here is no lost upload. */
async function setTwice(act: () => Promise<Answer<true>>): Promise<Answer<true>> {
  const first = await act();
  const answer = first.kind === "lost" ? await act() : first;
  return answer.kind === "lost" ? { ...answer, reached: false } : answer;
}
