import * as pulumi from "@pulumi/pulumi";
import * as vsphere from "@pulumi/vsphere";

import type { RoleGrant } from "../../configuration";
import { onTopic, FindingsError, type Finding } from "../../findings/finding";
import { comparablePrincipal } from "../../findings/principals";
import type { ObjectKind } from "../../vcenter";
import { DynamicResource } from "../dynamic/dynamicResource";
import { ExistingObjects } from "../existingObjects/existingObjects";

/** A role that the component makes. */
export interface RoleArgs {
  /** The name, unique in the vCenter. */
  readonly name: string;
  /** Privilege ids, for example `VirtualMachine.Config.AddNewDisk`. `System.*` are implied; the order means nothing. */
  readonly privileges: pulumi.Input<readonly string[]>;
}

/** Who is granted the role. */
export interface PrincipalArgs {
  /** User or group with its domain: `deckhouse@vsphere.local` or `VSPHERE.LOCAL\deckhouse`. */
  readonly name: string;
  /** @default false */
  readonly group?: boolean;
}

/** An object on which every principal is granted a role. */
export interface GrantArgs {
  /** Inventory path; `/` is the root folder. */
  readonly path: pulumi.Input<string>;
  /**
   * What the object can be: of the first kind that is at the path, when several objects share it.
   * @default any kind, and the path has to lead to one object alone
   */
  readonly kinds?: readonly ObjectKind[];
  /** Whether the permission also holds for everything below the object. */
  readonly propagate: pulumi.Input<boolean>;
  /**
   * Which of the component's roles.
   * @default "full"
   */
  readonly role?: "full" | "readOnly";
}

/** The inputs of {@link KubernetesRole}. */
export interface KubernetesRoleArgs extends RoleArgs {
  /**
   * Another stack or a person made the role: it is used, and never changed or deleted. The second role is made here.
   * @default false
   */
  readonly existing?: boolean;
  /** A second role, for objects that the cluster only needs to see. */
  readonly readOnlyRole?: RoleArgs;
  /**
   * Privileges that this vCenter does not know: the roles are made without them, because it refuses a role with one.
   * @default none
   */
  readonly privilegesLeftOut?: pulumi.Input<readonly string[]>;
  readonly principals: readonly PrincipalArgs[];
  /** The grants, each with a key that names its permissions' resources: usually the path. */
  readonly grants: Readonly<Record<string, GrantArgs>>;
}

/**
 * The role of the account that Deckhouse Kubernetes Platform uses, and its permissions: for each principal on each
 * object one permission, which leaves those of others alone.
 *
 * @example
 * new KubernetesRole("kubernetes", {
 *   name: "kubernetes",
 *   privileges: ["Datastore.AllocateSpace", "Network.Assign"],
 *   principals: [{ name: "deckhouse@vsphere.local" }],
 *   grants: { "/X1": { path: "/X1", propagate: true } },
 * });
 */
export class KubernetesRole extends pulumi.ComponentResource {
  /** The ids of the roles in this vCenter, by name. */
  readonly roleIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** The permissions: let what needs them depend on them. */
  readonly permissions: readonly Permission[];

  constructor(name: string, args: KubernetesRoleArgs, options?: pulumi.ComponentResourceOptions) {
    validate(args);
    super("deckhouse-vsphere:index:KubernetesRole", name, {}, options);

    const { privilegesLeftOut = [], readOnlyRole } = args;
    const full =
      args.existing === true
        ? this.#existingRole(name, `${name}-role`, args)
        : this.#role(`${name}-role`, args, privilegesLeftOut);
    const readOnly =
      readOnlyRole && this.#role(`${name}-read-only-role`, readOnlyRole, privilegesLeftOut);
    this.roleIds = Object.fromEntries(
      [full, readOnly].flatMap((role) => (role === undefined ? [] : [[role.name, role.id]])),
    );
    this.permissions = Object.entries(args.grants).flatMap(([key, grant]) => {
      const role = grant.role === "readOnly" && readOnly !== undefined ? readOnly : full;
      return args.principals.map(
        (principal) =>
          new Permission(
            `${name}-${comparablePrincipal(principal.name)}-on-${key}`,
            {
              path: grant.path,
              kinds: grant.kinds,
              principal: principal.name,
              group: principal.group ?? false,
              role: role.id,
              roleName: role.name,
              ...(args.existing === true && role === full && { existing: true }),
              propagate: grant.propagate,
            },
            { parent: this, dependsOn: role.guard },
          ),
      );
    });
    this.registerOutputs({ roleIds: this.roleIds });
  }

  /** The role as those that are made, but read: the engine then lets go of one that it made, and never deletes it. */
  #existingRole(component: string, childName: string, { name, privileges }: RoleArgs): UsedRole {
    const rolePrivileges = pulumi.output(privileges).apply(asSet);
    const { roleIds } = new ExistingObjects(
      `${component}-existing-role`,
      { roles: { [name]: "role.existing" } },
      { parent: this },
    );
    const found = roleIds.apply((ids) => ids[name] ?? "");
    // With a state, the vSphere provider reads it by its number; without one, older releases cannot.
    const { id } = vsphere.Role.get(childName, found, { name }, { parent: this });
    const guard = new RoleGuard(
      `${childName}-guard`,
      { role: id, roleName: name, privileges: rolePrivileges, existing: true },
      { parent: this },
    );
    return { name, id, guard };
  }

  #role(
    childName: string,
    { name, privileges }: RoleArgs,
    leftOut: pulumi.Input<readonly string[]>,
  ): UsedRole {
    const rolePrivileges = pulumi
      .all([privileges, leftOut])
      .apply(([wanted, unknown]) => asSet(wanted.filter((id) => !unknown.includes(id))));
    const { id } = new vsphere.Role(childName, { name, rolePrivileges }, { parent: this });
    const guard = new RoleGuard(
      `${childName}-guard`,
      { role: id, roleName: name, privileges: rolePrivileges },
      { parent: this },
    );
    return { name, id, guard };
  }
}

/** A role that permissions can be set with. */
interface UsedRole {
  readonly name: string;
  /** Its number in this vCenter. */
  readonly id: pulumi.Output<string>;
  readonly guard: RoleGuard;
}

/** Refuses grants of a role that does not exist, before any resource is made. */
function validate({ grants, readOnlyRole }: KubernetesRoleArgs): void {
  const faults = Object.entries(grants)
    .filter(([, { role }]) => role === "readOnly" && readOnlyRole === undefined)
    .map(([key]): Finding => ({
      severity: "error",
      where: "KubernetesRole",
      found: `the role "readOnly" for ${key}`,
      wrong: "the component was given no readOnlyRole",
      remedy: "give one",
    }));
  if (faults.length > 0) throw new FindingsError(onTopic("configuration-role", faults));
}

/** vCenter adds System.* to every role by itself; if they were named, each preview would show a difference. */
function asSet(privileges: readonly string[]): string[] {
  return [...new Set(privileges)].filter((privilege) => !privilege.startsWith("System.")).sort();
}

/**
 * Gives each grant a key that names its resource: its path, as removing one object must not replace another. Where a path
 * leads to two objects, the later one has its kind in the key as well, so that adding it leaves the first as it is.
 */
export function grantsByPath(grants: readonly RoleGrant[]): Record<string, GrantArgs> {
  const keys = new Map<string, RoleGrant>();
  for (const grant of grants) {
    const { path, kinds = [] } = grant;
    keys.set(keys.has(path) ? `${path} (${kinds.join(", ")})` : path, grant);
  }
  return Object.fromEntries(keys);
}

/** A resource's inputs as a program gives them: each may be the output of another resource. */
type Args<Inputs> = { readonly [Key in keyof Inputs]: pulumi.Input<Inputs[Key]> };

/** The inputs of a Permission resource, as the provider process receives them. `role` may be unknown at preview. */
export interface PermissionInputs {
  /** Inventory path of the object; `/` is the root folder. A change makes a new permission and removes the old one. */
  readonly path: string;
  /**
   * What the object can be: of the first kind that is at the path, when several objects share it. Absent when the
   * configuration does not say: then the path must lead to one object only.
   */
  readonly kinds?: readonly ObjectKind[];
  /** User or group, as `user@domain` or `DOMAIN\user`. A change makes a new permission and removes the old one. */
  readonly principal: string;
  readonly group: boolean;
  /** The id of the role in this vCenter, a decimal number, as the Role resource gives it. */
  readonly role: string;
  /** The name of the role, for messages and to find out at preview whether it is taken. */
  readonly roleName: string;
  /**
   * Whether others made the role: a permission that is there already is then theirs, and stays. Absent means that the
   * stack made it.
   */
  readonly existing?: boolean;
  /** Whether the permission also holds for everything below the object. */
  readonly propagate: boolean;
  /**
   * Put there by `check`: whether the permission was there before the stack, which then never takes it back. Absent means
   * that it was not.
   */
  readonly found?: boolean;
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

/** One permission of one principal on one object. Permissions of others on the object are never touched. */
export class Permission extends DynamicResource {
  declare readonly path: pulumi.Output<string>;
  declare readonly principal: pulumi.Output<string>;

  constructor(name: string, args: Args<PermissionInputs>, options?: pulumi.CustomResourceOptions) {
    super("permission", "Permission", name, { ...args }, options);
  }
}

/** The inputs of a RoleGuard resource, as the provider process receives them. `role` may be unknown at preview. */
export interface RoleGuardInputs {
  /** The id of the role in this vCenter, a decimal number, as the Role resource gives it. */
  readonly role: string;
  /** The name of the role. */
  readonly roleName: string;
  /** The privileges that the stack gives the role, without `System.*`: known before the role is made. */
  readonly privileges: readonly string[];
  /** Whether others made the role: the stack never deletes it, and nobody has to be asked. Absent means that it was made. */
  readonly existing?: boolean;
}

/** What the state holds. */
export interface RoleGuardOutputs {
  readonly role: string;
  readonly roleName: string;
  readonly existing?: boolean;
  /** The vCenter's instance UUID: the id means nothing to another vCenter. */
  readonly vCenter: string;
}

/**
 * Stands between a role and its permissions, which have to depend on it. It changes nothing in vCenter: before the role
 * is deleted, it checks whether others use the role, and says who, where the deletion itself would merely fail.
 */
export class RoleGuard extends DynamicResource {
  constructor(name: string, args: Args<RoleGuardInputs>, options?: pulumi.CustomResourceOptions) {
    super("roleGuard", "RoleGuard", name, { ...args }, options);
  }
}
