import { type Asked, invalid, notFound, type Operations, paged, said } from "../http/asked.ts";
import { commitOf } from "../world/git.ts";
import type { Asset, Release } from "../world/model.ts";
import { timeOf } from "../world/time.ts";
import type { World } from "../world/world.ts";
import { digestOf } from "./digest.ts";
import { pageOf, userView } from "./views.ts";

type ReleaseChange = Partial<
  Pick<Release, "tag_name" | "target_commitish" | "name" | "body" | "draft" | "prerelease">
>;

export const releases: Operations = {
  "repos/list-releases": (world, { search, permission }) => {
    const seen = world.releases.filter(({ draft }) => permission !== "read" || !draft);
    const shown = seen.toReversed().map((one) => releaseView(world, one));
    return paged(world, { search }, shown, { below: "/releases" });
  },

  "repos/get-release": (world, { path }) => {
    const found = releaseOf(world, path);
    return found ? said(200, releaseView(world, found)) : notFound;
  },

  "repos/get-release-by-tag": (world, { path }) => {
    const found = world.releases.find((one) => one.tag_name === path.tag && !one.draft);
    return found ? said(200, releaseView(world, found)) : notFound;
  },

  "repos/create-release": (world, { body, login }: Asked<ReleaseChange & { tag_name: string }>) => {
    const release: Release = {
      id: world.nextId(),
      target_commitish: world.options.defaultBranch,
      name: null,
      body: null,
      draft: false,
      prerelease: false,
      ...body,
      created_at: timeOf(world),
      published_at: null,
      author: login,
      assets: [],
    };
    const refused = publish(world, release);
    if (refused) return refused;
    world.releases.push(release);
    return said(201, releaseView(world, release));
  },

  "repos/update-release": (world, { path, body }: Asked<ReleaseChange>) => {
    const found = releaseOf(world, path);
    if (!found) return notFound;
    const changed = { ...found, ...body };
    const refused = publish(world, changed);
    if (refused) return refused;
    return said(200, releaseView(world, Object.assign(found, changed)));
  },

  "repos/delete-release": (world, { path }) => {
    const found = releaseOf(world, path);
    if (!found) return notFound;
    world.releases.splice(world.releases.indexOf(found), 1);
    return said(204);
  },

  "repos/list-release-assets": (world, { path, search }) => {
    const found = releaseOf(world, path);
    if (!found) return notFound;
    const below = `/releases/${found.id}/assets`;
    return paged(
      world,
      { search },
      found.assets.map((one) => assetView(world, found, one)),
      {
        below,
      },
    );
  },

  "repos/upload-release-asset": (world, { path, search, raw, contentType, login }) => {
    const found = releaseOf(world, path);
    if (!found) return notFound;
    const name = renamed(search.get("name") ?? "");
    if (found.assets.some((one) => one.name === name)) {
      return invalid("ReleaseAsset", "name", "already_exists");
    }
    const asset = newAsset(world, {
      name,
      content: raw,
      content_type: contentType,
      uploader: login,
    });
    found.assets.push(asset);
    return said(201, assetView(world, found, asset));
  },

  "repos/delete-release-asset": (world, { path }) => {
    const id = Number(path.asset_id);
    for (const { assets } of world.releases) {
      const at = assets.findIndex((one) => one.id === id);
      if (at >= 0) assets.splice(at, 1);
      if (at >= 0) return said(204);
    }
    return notFound;
  },
};

/** An upload that broke off holds its name, and nothing else. */
export function leaveHalfAsset(world: World, { path, search, login }: Asked): void {
  const name = renamed(search.get("name") ?? "");
  const half = newAsset(world, {
    name,
    content: Buffer.alloc(0),
    content_type: "",
    uploader: login,
  });
  releaseOf(world, path)?.assets.push({ ...half, state: "starter" });
}

/** GitHub keeps no special characters in names. */
function renamed(name: string): string {
  return name
    .replace(/[^\w.+-]+/g, ".")
    .replace(/\.{2,}/g, ".")
    .replace(/^\.+|\.+$/g, "");
}

function newAsset(
  world: World,
  given: Pick<Asset, "name" | "content" | "content_type" | "uploader">,
): Asset {
  return { ...given, id: world.nextId(), state: "uploaded", created_at: timeOf(world) };
}

/** What is no draft has its tag for itself; the tag is made where there is none. */
function publish(world: World, release: Release) {
  if (release.draft) return undefined;
  const { tag_name, id } = release;
  if (world.releases.some((one) => one.tag_name === tag_name && !one.draft && one.id !== id)) {
    return invalid("Release", "tag_name", "already_exists");
  }
  const ref = `refs/tags/${tag_name}`;
  const commit = commitOf(world, release.target_commitish);
  if (!world.refs.has(ref)) {
    if (!commit) return invalid("Release", "target_commitish", "invalid");
    world.refs.set(ref, { sha: commit.sha, type: "commit" });
  }
  release.published_at ??= timeOf(world);
  return undefined;
}

function releaseOf({ releases: all }: World, { release_id }: Asked["path"]): Release | undefined {
  return all.find(({ id }) => id === Number(release_id));
}

function releaseView(world: World, release: Release): object {
  const { author, assets, ...same } = release;
  const tag = release.draft ? `untagged-${release.id}` : release.tag_name;
  const { owner, name } = world.options;
  const uploads = `${world.address}/uploads/repos/${owner}/${name}/releases/${release.id}/assets`;
  return {
    ...same,
    author: userView(author),
    assets: assets.map((one) => assetView(world, release, one)),
    html_url: pageOf(world, `releases/tag/${tag}`),
    upload_url: `${uploads}{?name,label}`,
  };
}

function assetView(world: World, { tag_name }: Release, asset: Asset): object {
  const { content, uploader, ...same } = asset;
  return {
    ...same,
    size: content.length,
    digest: asset.state === "uploaded" ? digestOf(content) : null,
    label: null,
    uploader: userView(uploader),
    updated_at: asset.created_at,
    browser_download_url: pageOf(world, `releases/download/${tag_name}/${asset.name}`),
  };
}
