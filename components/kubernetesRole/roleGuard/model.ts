/** The inputs of a RoleGuard resource, as the provider process receives them. `role` may be unknown at preview. */
export interface RoleGuardInputs {
  /** The id of the role in this vCenter, a decimal number, as the Role resource gives it. */
  readonly role: string;
  /** The name of the role. */
  readonly roleName: string;
  /** The privileges that the stack gives the role, without `System.*`: known before the role is made. */
  readonly privileges: readonly string[];
}

/** What the state holds. */
export interface RoleGuardOutputs {
  readonly role: string;
  readonly roleName: string;
  /** The vCenter's instance UUID: the id means nothing to another vCenter. */
  readonly vCenter: string;
}
