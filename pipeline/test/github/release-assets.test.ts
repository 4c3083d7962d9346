import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import {
  type Connection,
  createDraft,
  deleteHalfAsset,
  findRef,
  findReleaseByTag,
  listAssets,
  listReleases,
  updateRelease,
  uploadAsset,
} from "../../src/github/client/index.ts";
import { expectOk } from "./expect-ok.ts";
import { eachWithGithub } from "./stand-in-world.ts";

const wanted = { tag: "v1.0.0", name: "v1.0.0", body: "new", prerelease: false };
const asset = {
  name: "report.html",
  contentType: "text/html",
  bytes: 5,
  open: () => Readable.from([Buffer.from("hello")]),
};

describe("releases and what is uploaded to them", () => {
  const world = eachWithGithub();
  const draft = (to: Connection) => expectOk(createDraft(to, wanted));

  it("hides drafts from a tag's page and from a fork", async () => {
    const { asWorkflow: to, asFork } = world();
    const { id } = await draft(to);
    expect(await expectOk(findReleaseByTag(to, "v1.0.0"))).toBeUndefined();
    expect(await expectOk(listReleases(to))).toMatchObject([{ id, draft: true }]);
    expect(await expectOk(listReleases(asFork))).toEqual([]);
  });

  it("makes the tag when it publishes, and only one release of it", async () => {
    const { asWorkflow: to } = world();
    const [first, second] = [await draft(to), await draft(to)];
    expect(await expectOk(findRef(to, "tags/v1.0.0"))).toBeUndefined();
    await expectOk(updateRelease(to, first.id, { draft: false }));
    expect(await expectOk(findRef(to, "tags/v1.0.0"))).toMatchObject({ type: "commit" });
    expect(await updateRelease(to, second.id, { draft: false })).toEqual({
      kind: "refused",
      status: 422,
      reason: "Validation Failed; tag_name already_exists",
    });
  });

  it("uploads a name once, with its digest", async () => {
    const { asWorkflow: to } = world();
    const { uploadUrl } = await draft(to);
    const uploaded = await expectOk(uploadAsset(to, uploadUrl, asset));
    expect(uploaded.digest).toBe(
      "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    );
    expect(await uploadAsset(to, uploadUrl, asset)).toEqual({
      kind: "refused",
      status: 422,
      reason: "Validation Failed; name already_exists",
    });
  });

  it("learns under which name an upload was kept", async () => {
    const { asWorkflow: to } = world();
    const { uploadUrl } = await draft(to);
    const uploaded = await expectOk(uploadAsset(to, uploadUrl, { ...asset, name: "a b (1).html" }));
    expect(uploaded.name).toBe("a.b.1.html");
  });

  it("clears away what an upload that broke off has left, and nothing else", async () => {
    const { asWorkflow: to, github } = world();
    const { id, uploadUrl } = await draft(to);
    github.faults.arm("repos/upload-release-asset", { name: "half-upload" });
    expect(await uploadAsset(to, uploadUrl, asset)).toMatchObject({ kind: "lost", reached: true });
    const [half] = await expectOk(listAssets(to, id));
    if (!half) throw new Error("nothing was left");
    expect(half).toMatchObject({ name: asset.name, state: "starter", bytes: 0 });
    await expectOk(deleteHalfAsset(to, half));
    const whole = await expectOk(uploadAsset(to, uploadUrl, asset));
    expect(await deleteHalfAsset(to, whole)).toMatchObject({ kind: "refused", status: 409 });
    expect(await expectOk(listAssets(to, id))).toEqual([whole]);
  });

  it.each([
    "https://uploads.test/repos/octo/rose/releases/1/assets{?name,label}",
    "http://127.0.0.1:1/repos/octo/rose/releases/1/assets",
    "nonsense",
  ])("sends no token to %s", async (uploadUrl) => {
    const { asWorkflow: to, github } = world();
    expect(await uploadAsset(to, uploadUrl, asset)).toMatchObject({ kind: "refused" });
    expect(github.requests).toEqual([]);
  });
});
