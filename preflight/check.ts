import type { Configuration } from "../configuration";
import type { PreflightCheckName } from "../configuration/preflightChecks";
import type { NamedObject } from "../configuration/namedObjects";
import type { Finding } from "../findings/finding";
import type { VCenterFacts } from "./facts";

/** What the configuration wants of vCenter. */
export interface Wanted {
  readonly configuration: Configuration;
  /** Every object that has to exist. */
  readonly names: readonly NamedObject[];
  /**
   * Whether everything that the stack makes (tags, role, permissions, template) has to be there already. In `npm run check`
   * it has; at preview, and with `--before-up`, it has not.
   */
  readonly isReady: boolean;
  /** Whether this is a preview: an account that may only read can make one, and only `up` needs rights to change anything. */
  readonly isPreview: boolean;
  /**
   * What the stack's program asked for at the last `up`, from the state; "none" before the first `up`, and "unknown" where
   * no state is at hand (`npm run check`) or the state is older than this record.
   */
  readonly earlier: Earlier | "none" | "unknown";
}

/** What the stack's program asked for at an `up`. A name in it counts as this stack's own. */
export interface Earlier {
  /** The names of the zones by the name of their region, in the order of the configuration. */
  readonly topology: Readonly<Record<string, readonly string[]>>;
  /** Names of those regions and zones whose tags were there before, and which the stack only used; absent when there are none. */
  readonly usedTags?: readonly string[];
  /** Names of the categories that the stack makes. */
  readonly categories: readonly string[];
  /** Names of the roles that the stack makes. */
  readonly roles: readonly string[];
  /** The principals of the role, as they were written. */
  readonly principals: readonly string[];
  /** Paths of the objects that the role was granted on. */
  readonly grants: readonly string[];
  /** Paths of the datacenters and clusters that are the regions and zones. */
  readonly carriers: readonly string[];
  /** What left the configuration before that, and may still be there: the `up` that took it off may have failed. */
  readonly left: Left;
}

/** What a stack asked for at some `up`, and no longer does. */
export interface Left {
  readonly regions: readonly string[];
  readonly zones: readonly string[];
  /** Those of them whose tags it only used; absent when there are none. */
  readonly usedTags?: readonly string[];
  readonly categories: readonly string[];
  readonly roles: readonly string[];
  readonly principals: readonly string[];
  readonly grants: readonly string[];
  readonly carriers: readonly string[];
}

/** What a check has found out. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  /** How many facts of vCenter it looked at. */
  readonly facts: number;
  /** Why it could not run, or not look at everything, because of what another check reports. */
  readonly skipped?: string | undefined;
}

/** A check: data, and one pure function over what was read. */
export interface Check {
  /** As a user writes it in the configuration's `preflight`; what holds when it passes stands there as well. */
  readonly name: PreflightCheckName;
  /** Looks. It asks nobody, and gives the same result for the same facts. */
  run(wanted: Wanted, facts: VCenterFacts): CheckResult;
}
