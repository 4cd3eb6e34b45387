/**
 * The privileges that the stack gives its roles, by the roles' names: known in this process before vCenter has the
 * roles, so that a role in the way can be compared with one that is yet to be made.
 */
export class PlannedRoles {
  readonly #privileges = new Map<string, readonly string[]>();

  set(role: string, privileges: readonly string[]): void {
    this.#privileges.set(role, privileges);
  }

  /** Undefined for a role that no RoleGuard of this process has told. */
  privilegesOf(role: string): readonly string[] | undefined {
    return this.#privileges.get(role);
  }
}
