import { Document } from "yaml";
import type { ReleaseMetadata } from "./metadata.ts";

/** As a file; header lines always between quotes, as the seed writes them. */
export function metadataYaml(metadata: ReleaseMetadata): string {
  const document = new Document(metadata);
  for (const group of ["features", "fixes", "chores", "breaking"]) {
    quoteItems(document.getIn(["changelog", group], true));
  }
  return document.toString({ lineWidth: 0 });
}

function quoteItems(list: unknown): void {
  const items = (list as { items?: { type?: string }[] } | undefined)?.items ?? [];
  for (const item of items) item.type = "QUOTE_DOUBLE";
}
