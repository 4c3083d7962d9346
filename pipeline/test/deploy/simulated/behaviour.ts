/** How a version behaves once it is sent; everything that is not said goes well. */
export interface Behaviour {
  readonly build?: "fails" | "never-ends";
  /** Passes the provider's own health check, or never does. */
  readonly start?: "fails" | "needs-approval" | "skipped" | "removed";
  /** Seconds after it went live. */
  readonly crashesAfter?: number;
  readonly answers?: "well" | "html" | "500" | "flapping" | "without-identity" | "old-version";
  /** Goes live although it was called off. */
  readonly ignoresCancel?: boolean;
  readonly tests?: "fail" | "not-run";
}

export const well: Behaviour = {};
