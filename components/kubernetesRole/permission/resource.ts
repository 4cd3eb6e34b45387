import * as pulumi from "@pulumi/pulumi";

import type { ObjectKind } from "../../../vcenter";
import { DynamicResource } from "../../dynamic/dynamicResource";

/** The inputs of a Permission resource, as a program gives them. */
export interface PermissionArgs {
  /** Inventory path of the object; `/` is the root folder. A change makes a new permission and removes the old one. */
  readonly path: pulumi.Input<string>;
  /** What the object can be, in the words of the vSphere Client; any kind when absent. */
  readonly kinds?: readonly ObjectKind[] | undefined;
  /** User or group, as `user@domain` or `DOMAIN\user`. A change makes a new permission and removes the old one. */
  readonly principal: pulumi.Input<string>;
  /** Whether the principal is a group. */
  readonly group: pulumi.Input<boolean>;
  /** The id of the role, as the Role resource gives it. */
  readonly role: pulumi.Input<string>;
  /** The name of the role, for messages. */
  readonly roleName: pulumi.Input<string>;
  /** Whether the permission also holds for everything below the object. */
  readonly propagate: pulumi.Input<boolean>;
}

/** One permission of one principal on one object. Permissions of others on the object are never touched. */
export class Permission extends DynamicResource {
  declare readonly path: pulumi.Output<string>;
  declare readonly principal: pulumi.Output<string>;

  constructor(name: string, args: PermissionArgs, options?: pulumi.CustomResourceOptions) {
    super("permission", "Permission", name, { ...args }, options);
  }
}
