import type { Configuration } from "../configuration";
import type { PreflightCheckName } from "../configuration/schema/preflight";
import type { NamedObject } from "../configuration/namedObjects";
import type { Finding } from "../findings/finding";
import type { VCenterFacts } from "./facts";

/** What the configuration wants of vCenter. */
export interface Wanted {
  readonly configuration: Configuration;
  /** Every object that has to exist. */
  readonly names: readonly NamedObject[];
  /**
   * Whether everything that the stack makes (tags, role, permissions, template) has to be there already. Before the first
   * `up` it has not.
   */
  readonly isReady: boolean;
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
