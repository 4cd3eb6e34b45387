import type { KnownVCenter } from "./identity";

/** The inputs of a VCenter resource, as the provider process receives them. */
export interface VCenterInputs {
  /** The address that the settings name. */
  readonly server: string;
  /** The only other id that the vCenter may have: it was restored under it. Empty when there is none. */
  readonly restoredAs: string;
}

/** What `check` makes of them, and what the state holds. Only inputs are known at the first preview. */
export type VCenterOutputs = VCenterInputs & KnownVCenter;
