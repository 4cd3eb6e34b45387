import { inventoryPath } from "../../../configuration/inventoryPaths";
import { samePrincipal } from "../../../findings/principals";
import type { ObjectKind } from "../../../vcenter";

/** The inputs of a Permission resource, as the provider process receives them. `role` may be unknown at preview. */
export interface PermissionInputs {
  /** Inventory path of the object; `/` is the root folder. */
  readonly path: string;
  /**
   * What the object can be: of the first kind that is at the path, when several objects share it. Absent when the
   * configuration does not say: then the path has to lead to one object alone.
   */
  readonly kinds?: readonly ObjectKind[];
  /** User or group, as `user@domain` or `DOMAIN\user`. */
  readonly principal: string;
  readonly group: boolean;
  /** The id of the role in this vCenter, a decimal number, as the Role resource gives it. */
  readonly role: string;
  /** The name of the role, for messages and to find out at preview whether it is taken. */
  readonly roleName: string;
  /** Whether the permission also holds for everything below the object. */
  readonly propagate: boolean;
}

/** What the state holds. */
export interface PermissionOutputs extends PermissionInputs {
  /** The vCenter's instance UUID: the reference means nothing to another vCenter. */
  readonly vCenter: string;
  /** Managed object reference, `Datacenter:datacenter-2`, which survives a renaming. */
  readonly reference: string;
  /** How `read` found vCenter to differ, as a sentence; empty when it does not. */
  readonly drift: string;
}

/**
 * The inputs that name another permission than before; all others change a permission in place. Another spelling of the
 * same path or principal is not another one. Other kinds may be: that depends on what vCenter has at the path.
 *
 * @param olds the inputs or the state of before; empty when there is none
 */
export function changedIdentity(
  olds: Partial<PermissionInputs>,
  news: PermissionInputs,
): (keyof PermissionInputs)[] {
  const { path, principal, group } = olds;
  const changed: (keyof PermissionInputs)[] = [];
  if (path === undefined || inventoryPath(path) !== inventoryPath(news.path)) {
    changed.push("path");
  }
  if (principal === undefined || !samePrincipal(principal, news.principal)) {
    changed.push("principal");
  }
  if (group !== news.group) {
    changed.push("group");
  }
  return changed;
}
