import { warning, type Finding } from "../findings/finding";
import type { Role } from "./types";

/**
 * What vCenter asks for at its root only, so that it does nothing in a role that is granted further down.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`; VMware vSphere
 * Security, "Required Privileges for Common Tasks".
 */
const rootPrivileges = ["Cns.Searchable", "StorageProfile.View"];

/** The privileges of the role that count on the root only, and that no grant of the configuration gives there. */
export function privilegesMissingOnRoot(role: Role | undefined): string[] {
  if (role === undefined || role.principals.length === 0) return [];
  const atRoot = role.grants
    .filter(({ path }) => path === "/")
    .flatMap((grant) => (grant.role === "full" ? role : role.readOnlyRole)?.privileges ?? []);
  return rootPrivileges.filter((id) => role.privileges.includes(id) && !atRoot.includes(id));
}

/**
 * What to say of them. The seed's document grants `StorageProfile.View` on datacenters and does not have `Cns.Searchable`;
 * nothing is said about that.
 *
 * @param missing what {@link privilegesMissingOnRoot} found
 */
export function rootWarnings(missing: readonly string[]): Finding[] {
  if (!missing.includes("Cns.Searchable")) return [];
  return [
    warning(
      "role.grant",
      `vCenter looks for ${missing.join(" and ")} on its root only, where the role is not granted`,
      "grant it on the root if Deckhouse does not find its volumes",
    ),
  ];
}
