import type { ResourceValidationPolicy } from "@pulumi/policy";
import { findingText, type Finding } from "../findings/finding";
import { dynamicTypeToken } from "../components/dynamic/dynamicType";

/** The reference of the root folder, the same in every vCenter. */
const rootFolder = "group-d1";

/** A permission that a program asks for. */
export interface AskedPermission {
  readonly principal: string;
  /** Inventory path, or the reference of the object. */
  readonly place: string;
  readonly propagate: boolean;
}

/**
 * No permission propagates from the root. Advisory by default: Deckhouse's documentation asks for exactly that, and the
 * grants "granular" are the other way.
 */
export const rootPermissions: ResourceValidationPolicy = {
  name: "no-permission-from-root",
  displayName: "No permission propagates from the root",
  description: "An account has no role on everything that a vCenter holds.",
  enforcementLevel: "advisory",
  validateResource: ({ type, props }, report) => {
    for (const permission of permissionsOf(type, props)) {
      const found = fromRoot(permission);
      if (found !== undefined) report(findingText(found));
    }
  },
};

/** What is wrong with a permission; undefined when it is not for the root, or stays there. */
export function fromRoot({ principal, place, propagate }: AskedPermission): Finding | undefined {
  if (!propagate || (place !== "/" && place !== rootFolder)) return undefined;
  return {
    severity: "error",
    where: `the permission of ${principal} on /`,
    found: "propagate: true",
    wrong: "it holds for every object of this vCenter, also those of others",
    consequence: "so what the account may do to its own machines it may do to all",
    remedy:
      "choose granular or datacenters in deckhouse-vsphere:role.grant, or turn this policy off where the vCenter has no other users",
  };
}

/** The permissions of a resource: of this project's, which has one, and of the vSphere provider's, which has a list. */
export function permissionsOf(type: string, props: Record<string, unknown>): AskedPermission[] {
  if (type === dynamicTypeToken("permission", "Permission")) {
    const { principal, path, propagate } = props;
    return [{ principal: String(principal), place: String(path), propagate: propagate === true }];
  }
  if (type !== "vsphere:index/entityPermissions:EntityPermissions") return [];
  const rules = props["permissions"] as { userOrGroup: string; propagate: boolean }[];
  return rules.map(({ userOrGroup, propagate }) => ({
    ...{ principal: userOrGroup, place: String(props["entityId"]), propagate },
  }));
}
