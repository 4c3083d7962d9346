import type { World } from "../../world/world.ts";
import { connection, type Page } from "../connection.ts";
import { projectView } from "./project.ts";
import { time } from "./time.ts";
import type { View } from "./view.ts";

export const workspaceId = "00000000-0000-4000-9000-000000000001";

export function workspaceView(world: World): View {
  return {
    __typename: "Workspace",
    id: workspaceId,
    name: "Stand-in",
    team: null,
    avatar: null,
    createdAt: time(0),
    updatedAt: time(0),
    projects: (page: Page) =>
      connection(
        world.projects.map((one) => projectView(world, one.id)),
        page,
      ),
  };
}

export function userView(world: World): View {
  return {
    __typename: "User",
    id: "00000000-0000-4000-9000-000000000002",
    name: "Stand-in",
    email: "stand-in@example.com",
    username: "stand-in",
    avatar: null,
    createdAt: time(0),
    workspaces: () => [workspaceView(world)],
  };
}
