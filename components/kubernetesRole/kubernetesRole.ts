import * as pulumi from "@pulumi/pulumi";
import * as vsphere from "@pulumi/vsphere";

import { comparablePrincipal } from "../../findings/principals";
import { Permission } from "./permission/resource";
import { RoleGuard } from "./roleGuard/resource";
import type { ObjectKind } from "../../vcenter";

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
  /** A second role, for objects that the cluster only needs to see. */
  readonly readOnlyRole?: RoleArgs;
  readonly principals: readonly PrincipalArgs[];
  /** The grants by a key of their own, which names the permission's resource: usually the path. */
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

    const full = this.#role(`${name}-role`, args);
    const readOnly =
      args.readOnlyRole === undefined
        ? undefined
        : this.#role(`${name}-read-only-role`, args.readOnlyRole);
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
              ...(grant.kinds === undefined ? {} : { kinds: grant.kinds }),
              principal: principal.name,
              group: principal.group ?? false,
              role: role.id,
              roleName: role.name,
              propagate: grant.propagate,
            },
            { parent: this, dependsOn: role.guard },
          ),
      );
    });
    this.registerOutputs({ roleIds: this.roleIds });
  }

  #role(
    childName: string,
    { name, privileges }: RoleArgs,
  ): { name: string; id: pulumi.Output<string>; guard: RoleGuard } {
    const rolePrivileges = pulumi.output(privileges).apply(asSet);
    const { id } = new vsphere.Role(childName, { name, rolePrivileges }, { parent: this });
    const guard = new RoleGuard(
      `${childName}-guard`,
      { role: id, roleName: name, privileges: rolePrivileges },
      { parent: this },
    );
    return { name, id, guard };
  }
}

/** Refuses grants of a role that there is not, before any resource is made. */
function validate({ grants, readOnlyRole }: KubernetesRoleArgs): void {
  for (const [key, { role }] of Object.entries(grants)) {
    if (role === "readOnly" && readOnlyRole === undefined) {
      throw new pulumi.RunError(
        `KubernetesRole: found the role "readOnly" for ${key}: the component was given no readOnlyRole: give one`,
      );
    }
  }
}

/** vCenter adds System.* to every role itself; naming them would be a difference for ever. */
function asSet(privileges: readonly string[]): string[] {
  return [...new Set(privileges)].filter((privilege) => !privilege.startsWith("System.")).sort();
}
