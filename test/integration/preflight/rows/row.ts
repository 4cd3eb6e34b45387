import type { PreflightCheckName } from "../../../../configuration/preflightChecks";
import type { Change } from "../../../../scripts/lab/simulatorControl";
import type { Changes } from "../../../support/changedConfiguration";

/**
 * When vCenter is looked at: before the first `up`, when nothing is made; by `npm run check` after it, when all is made and
 * no state is at hand; or by the preview that follows it, which knows from the state what was made.
 */
export type Moment = "before up" | "check" | "preview";

/** Every moment. */
export const moments: readonly Moment[] = ["before up", "check", "preview"];

/** A vCenter that breaks one check, as data: how it, or the configuration, differs from where all checks hold. */
export interface Row {
  /** `check` when absent. */
  readonly when?: Moment;
  /**
   * What the configuration says otherwise. What `up` has made follows it, but at a preview: there somebody changed it after
   * the `up`.
   */
  readonly configuration?: Changes;
  /** What vCenter has before the `up`, in addition to where all checks hold. */
  readonly there?: readonly Change[];
  /** What somebody has changed in vCenter, after the `up` if there was one. */
  readonly changes?: readonly Change[];
  /** Who looks; the administrator when absent. */
  readonly account?: { readonly user: string; readonly password: string };
  /** The findings, sorted: severity, place, what was found, what is wrong. */
  readonly lines: readonly string[];
}

/** Rows of some checks: by the check, and by what is broken. */
export type Rows = Readonly<Partial<Record<PreflightCheckName, Readonly<Record<string, Row>>>>>;

/** Paths of the lab's inventory. */
export const x1 = {
  prod: "/X1/host/x1_cluster_prod",
  stage: "/X1/host/x1_cluster_stage",
  template: "/X1/vm/Templates/debian-12-of-others",
} as const;

/** Paths of the configuration. */
export const first = "regions[0].clusterConfiguration";
export const instanceClass = `${first}.masterNodeGroup.instanceClass`;

/** An account that may see everything, and change nothing. */
export const reader = {
  user: "restricted@vsphere.local",
  password: "of-the-reading-account-7c1f",
} as const;

/**
 * Makes a template in the datacenter `X1` or `X2` that is like the one that the lab's inventory has there, unless it is said
 * what is different.
 */
export function templateIn(
  datacenter: "X1" | "X2",
  name: string,
  differently: Partial<Extract<Change, { readonly operation: "createVirtualMachine" }>> = {},
): Change {
  const small = datacenter.toLowerCase();
  return {
    operation: "createVirtualMachine",
    path: `/${datacenter}/vm/Templates`,
    name,
    cluster: `${small}_cluster_prod`,
    datastore: `${small}_root`,
    network: "k8s-nodes",
    diskGigabytes: [10],
    hardwareVersion: 19,
    template: true,
    ...differently,
  };
}

/** The hosts of a cluster of the lab, which have three each. */
export function hostsOf(cluster: string): string[] {
  return ["1", "2", "3"].map((number) => `${cluster}_host_${number}`);
}
