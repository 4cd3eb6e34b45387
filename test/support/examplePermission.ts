import type { PermissionInputs } from "../../components/kubernetesRole/kubernetesRole";
import { exampleVCenter, objects, providerCode } from "./exampleVCenter";
import type { InMemoryVCenter } from "./inMemoryVCenter";

/** The ids of the roles in {@link permissionVCenter}. */
export const roles = { kubernetes: 1001, backup: 1002, other: 1003 } as const;

/** What the stack's role may do, beside `System.*`. */
export const kubernetesPrivileges: readonly string[] = [
  ...["Datastore.Browse", "Folder.Create", "Network.Assign", "Resource.AssignVMToPool"],
  "VirtualMachine.Config.AddNewDisk",
];

/** What vCenter gives every role but No access by itself. */
export const implied: readonly string[] = ["System.Anonymous", "System.Read", "System.View"];

/** What the engine hands over for the example's permission on the first datacenter. */
export const examplePermission: PermissionInputs & { readonly __provider: string } = {
  path: "/X1",
  principal: "deckhouse@vsphere.local",
  group: false,
  role: String(roles.kubernetes),
  roleName: "kubernetes",
  propagate: true,
  __provider: providerCode,
};

/** The example's vCenter, with the stack's role made, and with a role and permissions of others. */
export function permissionVCenter(): InMemoryVCenter {
  const vCenter = exampleVCenter();
  vCenter.addRole(-1, "Admin");
  vCenter.addRole(roles.kubernetes, "kubernetes", [...implied, ...kubernetesPrivileges]);
  vCenter.addRole(roles.backup, "backup-operator", implied);
  vCenter.addRole(roles.other, "other", ["Datastore.Browse", "Global.LogEvent", ...implied]);
  for (const key of [objects.x1, objects.x2]) {
    grant(vCenter, key, "VSPHERE.LOCAL\\backup", roles.backup);
  }
  // A group of the same name is somebody else.
  grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.other, { group: true });
  return vCenter;
}

/** Somebody grants a role by hand. */
export function grant(
  vCenter: InMemoryVCenter,
  key: string,
  principal: string,
  roleId: number,
  { group = false, propagate = true } = {},
): void {
  const [type = "", id = ""] = key.split(":");
  vCenter.permissions.push({ entity: { type, id }, principal, group, roleId, propagate });
}

/** All permissions, `object principal role`, sorted; groups and those that do not propagate are marked. */
export function granted(vCenter: InMemoryVCenter): string[] {
  return vCenter.permissions
    .map(
      ({ entity, principal, group, roleId, propagate }) =>
        `${entity.type}:${entity.id} ${principal}${group ? " (group)" : ""} ${roleId}${propagate ? "" : " (only here)"}`,
    )
    .sort();
}

/** What others were granted before, in the form of {@link granted}. */
export const grantedToOthers: readonly string[] = [
  `${objects.x1} VSPHERE.LOCAL\\backup ${roles.backup}`,
  `${objects.x1} VSPHERE.LOCAL\\deckhouse (group) ${roles.other}`,
  `${objects.x2} VSPHERE.LOCAL\\backup ${roles.backup}`,
];

/** The example's permission, in the form of {@link granted}. */
export const grantedToExample = `${objects.x1} VSPHERE.LOCAL\\deckhouse ${roles.kubernetes}`;
