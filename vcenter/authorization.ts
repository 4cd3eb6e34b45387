import { isSameName } from "../findings/text";
import { isVCenterError, type VCenterErrorKind } from "./errors";
import { objectKey, plainReference, type ManagedObjectReference } from "./objects";
import { readProperties, type SoapLink } from "./soap/link";
import { readReference, referenceContent } from "./soap/messages";
import type { XmlElement } from "./soap/xml";

/** A role. */
export interface Role {
  /** Positive and random for roles that somebody created, different on each vCenter; negative for the built-in ones. */
  readonly id: number;
  /** What identifies the role across vCenters. */
  readonly name: string;
  /** What the vSphere Client shows. */
  readonly label: string;
  /** Built in: cannot be changed or removed. */
  readonly system: boolean;
  /** Sorted, `System.*` included. */
  readonly privileges: readonly string[];
}

/** What a permission says, without the object it is on. */
export interface PermissionRule {
  /** `DOMAIN\user`. */
  readonly principal: string;
  /** Whether the principal is a group. */
  readonly group: boolean;
  readonly roleId: number;
  /** Whether it also applies to the objects below. */
  readonly propagate: boolean;
}

/** A permission on an object. */
export interface Permission extends PermissionRule {
  readonly entity: ManagedObjectReference;
}

/** The id of the built-in role Administrator, which holds every privilege there is. */
const administratorRole = -1;

/** The operation that the errors of {@link Authorization.setPermission} name. */
export const grantOperation = "grant a permission";

const changeRemedies: Readonly<Partial<Record<VCenterErrorKind, string>>> = {
  noPermission:
    "grant the account Authorization.ModifyPermissions on the object and on its parent, and every privilege that the role holds",
  notFound: "check that the object, the role and the user or group exist",
  invalidArgument:
    "use another object: vCenter keeps no permissions on a datacenter's system folders, a cluster's root resource pool or a host in a cluster",
  resourceInUse: "keep at least one other Administrator: vCenter does not let the last one go",
};

/**
 * Roles, privileges and permissions. Creating and changing roles is left to the official provider.
 * ResetEntityPermissions and MergePermissions replace or move other people's permissions, and are never called. Every
 * method throws VCenterError.
 */
export class Authorization {
  readonly #open: () => SoapLink;

  constructor(open: () => SoapLink) {
    this.#open = open;
  }

  /** All roles with all their privileges, in one call. */
  async roles(): Promise<Role[]> {
    return readRoles(this.#open());
  }

  /** The role of that name, in whatever Unicode form its letters are; case counts. */
  async findRole(name: string): Promise<Role | undefined> {
    return (await this.roles()).find((role) => isSameName(role.name, name));
  }

  /**
   * The ids of all privileges this vCenter knows, sorted; taken from the role Administrator when vCenter gives no list.
   * Empty means that vCenter did not say, never that there are none.
   */
  async privileges(): Promise<string[]> {
    const link = this.#open();
    const list = await managerProperty(link, "list the privileges", "privilegeList");
    const ids = (list?.children("AuthorizationPrivilege") ?? [])
      .map((privilege) => privilege.child("privId")?.text ?? "")
      .filter((id) => id !== "");
    if (ids.length > 0) return [...new Set(ids)].sort();
    const roles = await readRoles(link);
    return [...(roles.find((role) => role.id === administratorRole)?.privileges ?? [])];
  }

  /**
   * Whether a user or group exists in its domain.
   *
   * @param account the name without the domain
   * @param domain the DNS name, or the NetBIOS name of an Active Directory
   * @returns undefined when vCenter cannot say, such as for a domain that does not answer; false also for a domain that it
   *   does not know
   */
  async exists(
    { account, domain }: { readonly account: string; readonly domain: string },
    isGroup: boolean,
  ): Promise<boolean | undefined> {
    const link = this.#open();
    const { userDirectory } = await link.serviceContent();
    if (userDirectory === undefined) return undefined;
    try {
      const found = await link.call({
        operation: "look for a user or group",
        object: `${account}@${domain}`,
        method: "RetrieveUserGroups",
        target: userDirectory,
        parameters: {
          domain,
          searchStr: account,
          exactMatch: true,
          findUsers: !isGroup,
          findGroups: isGroup,
        },
      });
      return found.length > 0;
    } catch (error) {
      if (isVCenterError(error, "notFound")) return false;
      if (isVCenterError(error)) return undefined;
      throw error;
    }
  }

  /**
   * Which of some privileges a user lacks on objects, as vCenter works it out: through groups, propagation, and
   * permissions that replace others further down. One call.
   *
   * @param user `user@domain` or `DOMAIN\\user`; vCenter answers wrongly about a user without a domain
   * @returns by the keys of the objects, sorted; empty for one on which the user lacks none
   */
  async missingPrivileges(
    user: string,
    objects: readonly ManagedObjectReference[],
    privileges: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const link = this.#open();
    const { authorizationManager } = await link.serviceContent();
    const values =
      objects.length === 0 || privileges.length === 0
        ? []
        : await link.call({
            operation: "ask what a user may do",
            object: user,
            method: "HasUserPrivilegeOnEntities",
            target: authorizationManager,
            parameters: {
              entities: objects.map(referenceContent),
              userName: user,
              privId: [...privileges],
            },
          });
    return new Map(
      values.flatMap((value): [string, string[]][] => {
        const entity = value.child("entity");
        const lacking = value
          .children("privAvailability")
          .filter((one) => !isTrue(one.child("isGranted")))
          .map((one) => one.child("privId")?.text ?? "");
        return entity === undefined ? [] : [[objectKey(readReference(entity)), lacking.sort()]];
      }),
    );
  }

  /** The permissions defined on the object itself, without inherited ones. */
  async permissions(entity: ManagedObjectReference): Promise<Permission[]> {
    const link = this.#open();
    const { authorizationManager } = await link.serviceContent();
    const values = await link.call({
      operation: "read the permissions of an object",
      object: objectKey(entity),
      method: "RetrieveEntityPermissions",
      target: authorizationManager,
      parameters: { entity: referenceContent(entity), inherited: false },
    });
    return values.map((value) => readPermission(value, entity));
  }

  /** The permissions on all objects, in one call. */
  async allPermissions(): Promise<Permission[]> {
    const link = this.#open();
    const { authorizationManager } = await link.serviceContent();
    const values = await link.call({
      operation: "read all permissions",
      method: "RetrieveAllPermissions",
      target: authorizationManager,
      parameters: {},
    });
    return values.map((value) => readPermission(value, { type: "", id: "" }));
  }

  /** The permissions with that role, on all objects, in one call; none when there is no such role. */
  async permissionsWithRole(roleId: number): Promise<Permission[]> {
    const link = this.#open();
    const { authorizationManager } = await link.serviceContent();
    try {
      const values = await link.call({
        operation: "read the permissions with a role",
        object: String(roleId),
        method: "RetrieveRolePermissions",
        target: authorizationManager,
        parameters: { roleId },
      });
      return values.map((value) => readPermission(value, { type: "", id: "" }));
    } catch (error) {
      if (isVCenterError(error, "notFound") && error.code === "NotFound") return [];
      throw error;
    }
  }

  /**
   * Adds the permission of one user or group on one object, or changes it to this; those of others stay. It silently
   * replaces another role of the same principal there, so read first.
   */
  async setPermission(entity: ManagedObjectReference, rule: PermissionRule): Promise<void> {
    const link = this.#open();
    const { authorizationManager } = await link.serviceContent();
    const { principal, group, roleId, propagate } = rule;
    await link.call({
      operation: grantOperation,
      object: `${principal} on ${objectKey(entity)}`,
      remedies: changeRemedies,
      method: "SetEntityPermissions",
      target: authorizationManager,
      parameters: {
        entity: referenceContent(entity),
        permission: { principal, group, roleId, propagate },
      },
    });
  }

  /**
   * Removes the permission of one user or group on one object.
   * @returns whether there was one; a missing permission or object is not an error
   */
  async removePermission(
    entity: ManagedObjectReference,
    principal: string,
    group: boolean,
  ): Promise<boolean> {
    const link = this.#open();
    const { authorizationManager } = await link.serviceContent();
    try {
      await link.call({
        operation: "remove a permission",
        object: `${principal} on ${objectKey(entity)}`,
        remedies: changeRemedies,
        method: "RemoveEntityPermission",
        target: authorizationManager,
        parameters: { entity: referenceContent(entity), user: principal, isGroup: group },
      });
      return true;
    } catch (error) {
      if (isVCenterError(error, "notFound") && goneCodes.includes(error.code)) return false;
      throw error;
    }
  }
}

const goneCodes: readonly string[] = ["NotFound", "ManagedObjectNotFound"];

async function managerProperty(
  link: SoapLink,
  operation: string,
  property: string,
): Promise<XmlElement | undefined> {
  const { authorizationManager } = await link.serviceContent();
  const properties = await readProperties(link, { operation }, authorizationManager, [property]);
  return properties.get(property);
}

async function readRoles(link: SoapLink): Promise<Role[]> {
  const list = await managerProperty(link, "list the roles", "roleList");
  return (list?.children("AuthorizationRole") ?? []).map((role) => {
    const name = role.child("name")?.text ?? "";
    return {
      id: Number(role.child("roleId")?.text),
      name,
      label: role.child("info")?.child("label")?.text ?? name,
      system: isTrue(role.child("system")),
      privileges: role
        .children("privilege")
        .map((privilege) => privilege.text)
        .sort(),
    };
  });
}

/** The simulator leaves the entity out of its answers: then it is the one that was asked for. */
function readPermission(value: XmlElement, asked: ManagedObjectReference): Permission {
  const entity = value.child("entity");
  return {
    entity: entity ? readReference(entity) : plainReference(asked),
    principal: value.child("principal")?.text ?? "",
    group: isTrue(value.child("group")),
    roleId: Number(value.child("roleId")?.text),
    propagate: isTrue(value.child("propagate")),
  };
}

function isTrue(element: XmlElement | undefined): boolean {
  const text = element?.text.trim();
  return text === "true" || text === "1";
}
