/** vCenter privilege ids by the purpose they serve; an id stands in one group only. */
export type PrivilegeSet = Readonly<Record<string, readonly string[]>>;

/**
 * Tells whether vCenter adds a privilege to every role by itself (`System.Anonymous`, `System.Read`,
 * `System.View`). Such ids are never sent: they make an endless difference between what was written and
 * what vCenter answers (vmware/terraform-provider-vsphere, `vsphere/resource_vsphere_role.go`).
 *
 * @param id a privilege id, for example `System.Read`
 */
export function isImplied(id: string): boolean {
  return id.startsWith("System.");
}

/**
 * Brings privilege ids into the one form that is written to vCenter and compared with it.
 *
 * @param ids privilege ids in any order, repeated or not
 * @returns the ids sorted by code unit, each once, without the implied `System.*`
 */
export function normalizedPrivileges(ids: Iterable<string>): string[] {
  return [...new Set(ids)].filter((id) => !isImplied(id)).sort();
}

/**
 * Lists the ids of a set, in the order of its groups.
 *
 * @param set a privilege set
 */
export function privilegeIds(set: PrivilegeSet): string[] {
  return Object.values(set).flat();
}
