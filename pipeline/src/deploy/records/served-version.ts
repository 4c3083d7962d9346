import { z } from "zod";

/** A version that serves or served. */
export const served = z.strictObject({
  id: z.string().describe("The provider's id of the deployment."),
  key: z.string().optional().describe("The attempt that brought it; absent: not Gantry's."),
  commit: z.string().optional(),
  tag: z.string().optional(),
});
export type Served = z.infer<typeof served>;
