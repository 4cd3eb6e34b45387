import type { Change } from "../../../../scripts/lab/simulatorControl";
import { reader, x1, type Rows } from "./row";

const deckhouse = "deckhouse@vsphere.local";
const admins = "kubernetes-admins@vsphere.local";

/** The reader may list storage policies as well, of which the check of storage policies would speak. */
const mayRead: readonly Change[] = [
  { operation: "setPassword", ...reader },
  { operation: "createRole", role: "looking", privileges: ["StorageProfile.View"] },
  { operation: "setPermission", path: "/", principal: reader.user, role: "looking" },
];

/** Who may do what. */
export const accessRows: Rows = {
  principals: {
    "a user that is gone": {
      changes: [{ operation: "removePrincipal", principal: deckhouse }],
      lines: [`error role.principals[0]: found "${deckhouse}": vCenter knows no such user`],
    },
    "a group where the configuration says a user": {
      when: "before up",
      configuration: { "role.principals": [admins] },
      lines: [`error role.principals[0]: found "${admins}": vCenter knows no such user`],
    },
    "a user where the configuration says a group": {
      when: "preview",
      configuration: {
        "role.principals[1]": { name: "restricted@vsphere.local", group: true },
      },
      lines: [
        'error role.principals[1]: found "restricted@vsphere.local": vCenter knows no such group',
      ],
    },
  },
  permissionsInTheWay: {
    "a user with another role where the role is to be granted": {
      when: "before up",
      changes: [
        { operation: "setPermission", path: "/X1", principal: deckhouse, role: "ReadOnly" },
      ],
      lines: [
        `error regions[0].datacenter: found "/X1": ${deckhouse} already has the role ReadOnly there, and vCenter keeps one ` +
          "role for each principal on an object, so granting kubernetes would take it away; of the 116 privileges of " +
          "kubernetes it lacks 116 (Datastore.AllocateSpace, Datastore.Browse, Datastore.FileManagement and 113 more), and " +
          "it has none besides",
      ],
    },
    "a new user that works with another role there": {
      when: "preview",
      configuration: {
        "role.principals[1]": "backup@vsphere.local",
        "clusterAccount.username": deckhouse,
      },
      lines: [0, 1].map(
        (index) =>
          `error regions[${index}].datacenter: found "/X${index + 1}": backup@vsphere.local already has the role ` +
          "backup-operator there, and vCenter keeps one role for each principal on an object, so granting kubernetes would " +
          "take it away; of the 116 privileges of kubernetes it lacks 110 (Datastore.AllocateSpace, Folder.Create, " +
          "Global.GlobalTag and 107 more), and it has none besides",
      ),
    },
    "an object that vCenter takes no permission on": {
      when: "before up",
      configuration: {
        "regions.length": 1,
        "role.grant": [{ path: "/X2/machines" }],
      },
      changes: [{ operation: "renameObject", path: "/X2/vm", name: "machines" }],
      lines: [
        'error role.grant[0].path: found "/X2/machines": vCenter accepts no permission on one of the four folders of a datacenter',
      ],
    },
  },
  accountRights: {
    "an account that may only read": {
      when: "before up",
      changes: mayRead,
      account: reader,
      lines: [
        `error vsphere:user: found "${reader.user}": it lacks Authorization.ModifyPermissions on /, /X1, /X2`,
        `error vsphere:user: found "${reader.user}": it lacks Authorization.ModifyRoles, Datastore.AllocateSpace, ` +
          "Datastore.Browse and 113 more on /",
        `error vsphere:user: found "${reader.user}": it lacks Datastore.AllocateSpace, Datastore.Browse, ` +
          "Datastore.FileManagement and 112 more on /X1, /X2",
        `error vsphere:user: found "${reader.user}": it lacks InventoryService.Tagging.ObjectAttachable on /X1, ` +
          "/X1/datastore/x1_lun_1, /X1/datastore/x1_lun_2 and 8 more",
      ],
    },
    "an account that may only read, which is enough for a preview": {
      when: "preview",
      changes: [
        ...mayRead,
        { operation: "detachTag", category: "k8s-zone", tag: "k8s-zone-x1-a", path: x1.prod },
      ],
      account: reader,
      lines: [
        `warning vsphere:user: found "${reader.user}": it lacks InventoryService.Tagging.ObjectAttachable on ${x1.prod}`,
      ],
    },
  },
  privileges: {
    "a vCenter that lacks a privilege, which is left out": {
      when: "before up",
      changes: [{ operation: "removePrivileges", privileges: ["Datastore.Browse"] }],
      lines: [
        'warning role: found "Datastore.Browse": this vCenter knows no such privilege (the nearest that it knows is ' +
          "Datastore.Move)",
      ],
    },
    "a vCenter that lacks a privilege, where that is refused": {
      when: "preview",
      configuration: { "role.unknownPrivileges": "refuse" },
      changes: [{ operation: "removePrivileges", privileges: ["Folder.Create"] }],
      lines: [
        'error role: found "Folder.Create": this vCenter knows no such privilege (the nearest that it knows is Folder.Rename)',
      ],
    },
  },
  effectivePrivileges: {
    "a permission on a datastore that replaces the granted one": {
      changes: [
        {
          operation: "setPermission",
          path: "/X1/datastore/x1_lun_1",
          principal: deckhouse,
          role: "ReadOnly",
        },
      ],
      lines: [
        `error role.principals[0]: found "${deckhouse}": it has none of the role's privileges on /X1/datastore/x1_lun_1`,
      ],
    },
    "a permission on a cluster that will replace the granted one": {
      when: "before up",
      changes: [
        { operation: "setPermission", path: x1.prod, principal: deckhouse, role: "ReadOnly" },
      ],
      lines: [
        `error role.principals[0]: found "${deckhouse}": its permission with the role ReadOnly on ${x1.prod} takes the place ` +
          `of what is granted further up: it has none of the role's privileges on ${x1.prod}`,
      ],
    },
    "a permission of a group that the user is in, which replaces the granted one": {
      changes: [
        { operation: "addMember", principal: admins, member: deckhouse },
        {
          operation: "setPermission",
          path: "/X2/datastore/x2_lun_2",
          principal: admins,
          group: true,
          role: "NoAccess",
        },
      ],
      lines: [
        `error role.principals[0]: found "${deckhouse}": it has none of the role's privileges on /X2/datastore/x2_lun_2`,
      ],
    },
    "a permission of a group of the role that replaces the granted one": {
      configuration: {
        "role.principals": [{ name: admins, group: true }],
        "clusterAccount.username": deckhouse,
      },
      changes: [
        {
          operation: "setPermission",
          path: "/X2/datastore/x2_lun_2",
          principal: admins,
          group: true,
          role: "ReadOnly",
        },
      ],
      lines: [
        `error role.principals[0]: found "${admins}": its permission with the role ReadOnly on /X2/datastore/x2_lun_2 takes ` +
          "the place of what is granted further up: it has none of the role's privileges on /X2/datastore/x2_lun_2",
      ],
    },
    "a grant that somebody keeps from what is below": {
      changes: [
        {
          operation: "setPermission",
          path: "/X2",
          principal: deckhouse,
          role: "kubernetes",
          propagate: false,
        },
      ],
      lines: [
        `error role.principals[0]: found "${deckhouse}": it has none of the role's privileges on ` +
          "/X2/datastore/x2_lun_1, /X2/datastore/x2_lun_2, /X2/host/x2_cluster_prod and 1 more",
      ],
    },
    "a permission on a datacenter that makes a grant on the root void there": {
      configuration: { "role.grant": "root" },
      changes: [
        { operation: "setPermission", path: "/X2", principal: deckhouse, role: "ReadOnly" },
      ],
      lines: [
        `error role.principals[0]: found "${deckhouse}": it has none of the role's privileges on ` +
          "/X2, /X2/datastore/x2_lun_1, /X2/datastore/x2_lun_2 and 2 more",
      ],
    },
    "a role that somebody took privileges from": {
      changes: [
        { operation: "updateRole", role: "kubernetes", privileges: ["Datastore.AllocateSpace"] },
      ],
      lines: [
        `error role.principals[0]: found "${deckhouse}": it lacks 115 of the role's 116 privileges (Datastore.Browse, ` +
          "Datastore.FileManagement, Folder.Create and 112 more) on /X1, /X2",
      ],
    },
  },
};
