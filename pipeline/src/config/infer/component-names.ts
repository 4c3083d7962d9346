import type { WrittenComponent } from "../written.ts";

type Placed = Pick<WrittenComponent, "path" | "toolchain">;

/** What stands for Python and what for Node.js, whatever manages the packages. */
export function familyOf(toolchain: WrittenComponent["toolchain"]): "python" | "node" {
  return toolchain === "uv" || toolchain === "pip" ? "python" : "node";
}

/** A name for each, in their order: all different, and each such as gantry.yaml allows. */
export function componentNames(components: readonly Placed[]): string[] {
  const used = new Set<string>();
  return components.map((component) => {
    const name = free(component, used);
    used.add(name);
    return name;
  });
}

function free({ path = ".", toolchain }: Placed, used: ReadonlySet<string>): string {
  const family = familyOf(toolchain);
  const base = nameFrom(path) || family;
  const wanted = [base, ...(base === family ? [] : [`${base}-${family}`])];
  for (let count = 2; ; count += 1) {
    const name = wanted.find((one) => !used.has(one));
    if (name !== undefined) return name;
    wanted.push(`${base}-${count}`);
  }
}

/** Room is left for what makes it different from others: a name has 63 characters at most. */
function nameFrom(path: string): string {
  const plain = path.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replace(/^[-_]+/, "");
  return plain.slice(0, 50).replace(/-+$/, "");
}
