import * as pulumi from "@pulumi/pulumi";

import { DynamicResource } from "../../dynamic/dynamicResource";

/** The inputs of a RoleGuard resource, as a program gives them. */
export interface RoleGuardArgs {
  /** The id of the role, as the Role resource gives it. */
  readonly role: pulumi.Input<string>;
  /** The name of the role, for messages. */
  readonly roleName: pulumi.Input<string>;
  /** Its privileges, to compare other roles with before it is made. */
  readonly privileges: pulumi.Input<readonly string[]>;
}

/**
 * Stands between a role and its permissions, which have to depend on it. It changes nothing in vCenter: before the role
 * is deleted, it sees whether others use the role, and says who, where the deletion itself would only fail.
 */
export class RoleGuard extends DynamicResource {
  constructor(name: string, args: RoleGuardArgs, options?: pulumi.CustomResourceOptions) {
    super("roleGuard", "RoleGuard", name, { ...args }, options);
  }
}
