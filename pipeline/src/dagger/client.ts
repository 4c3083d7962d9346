/**
 * The engine's API as this room knows it. Only types: in the module the client is the generated
 * one, in tests npm's, and both hand it in.
 */
export type {
  CacheVolume,
  Changeset,
  Client,
  Container,
  Directory,
  File,
  GitRef,
  GitRepository,
  Secret,
  Service,
} from "@dagger.io/dagger";
