import type { DeploymentStatus } from "../world/model.ts";

/** What can go wrong with one request; `applied` ones take effect before they fail. */
export type RequestFault =
  | { readonly name: "drop-before" }
  | { readonly name: "drop-after" }
  | { readonly name: "truncate" }
  /** In real seconds, whatever the stand-in's clock says. */
  | { readonly name: "delay"; readonly seconds: number }
  | { readonly name: "rate-limited"; readonly retryAfterSeconds: number }
  | { readonly name: "status"; readonly status: number; readonly applied?: boolean }
  | { readonly name: "html"; readonly applied?: boolean }
  | { readonly name: "errors"; readonly message: string; readonly applied?: boolean }
  | { readonly name: "unknown-status"; readonly said: string }
  | { readonly name: "missing-field"; readonly field: string }
  | { readonly name: "image-gone" };

/** What can go wrong with one deployment after it was accepted. */
export type DeploymentFault =
  | { readonly name: "stuck"; readonly in: DeploymentStatus }
  | { readonly name: "becomes"; readonly status: DeploymentStatus; readonly in: DeploymentStatus }
  | { readonly name: "build-fails" }
  | { readonly name: "crashes-after-success"; readonly seconds: number }
  | { readonly name: "needs-approval" }
  | { readonly name: "never-healthy" }
  | { readonly name: "health-flaps" }
  | { readonly name: "survives-cancel" };

/** What can go wrong before a request is heard at all. */
export type ConnectionFault = "refused-by-tls" | "port-closed";
