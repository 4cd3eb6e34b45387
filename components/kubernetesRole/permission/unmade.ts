import { inventoryPath } from "../../../configuration/inventoryPaths";
import { mostOfAKind } from "../../../findings/finding";
import { comparablePrincipal } from "../../../findings/principals";
import { plainText, say } from "../../../findings/words";
import type { EarlierGrants } from "../changes/grants";

/** Which permission, and with what role. */
export interface AskedPermission {
  readonly path: string;
  readonly principal: string;
  readonly roleName: string;
}

/**
 * Knows which permissions the last `up` asked for. The state has what was asked for before anything is done, so after an
 * `up` that failed half way the sentences on what changes say nothing of permissions that it did not get to.
 */
export class UnmadePermissions {
  #asked: EarlierGrants = { principals: [], grants: [] };
  readonly #gone = new Set<string>();
  #told = 0;

  /** Takes down what the last `up` asked for; undefined before the first. */
  remember(asked: EarlierGrants | undefined): void {
    this.#asked = asked ?? { principals: [], grants: [] };
  }

  /** Takes down that somebody removed a permission: that is told as a difference of vCenter. */
  forget(permission: Omit<AskedPermission, "roleName">): void {
    this.#gone.add(keyOf(permission));
  }

  /** Whether the last `up` asked for a permission that nobody has removed since. */
  isAsked(permission: Omit<AskedPermission, "roleName">): boolean {
    const { path, principal } = permission;
    const { principals, grants } = this.#asked;
    return (
      principals.some((name) => comparablePrincipal(name) === comparablePrincipal(principal)) &&
      grants.some((grant) => inventoryPath(grant) === inventoryPath(path)) &&
      !this.#gone.has(keyOf(permission))
    );
  }

  /**
   * Says of a permission that the last `up` asked for that it is not there.
   *
   * @returns a sentence; undefined when enough were told
   */
  sentence({ path, principal, roleName }: AskedPermission): string | undefined {
    this.#told += 1;
    if (this.#told === mostOfAKind + 1) {
      return "and more permissions that the last up asked for are still to be granted";
    }
    return this.#told > mostOfAKind
      ? undefined
      : plainText(
          say`${principal} still gets role ${roleName} on ${path}: the last up asked for it, and vCenter does not have it`,
        );
  }
}

function keyOf({ path, principal }: Omit<AskedPermission, "roleName">): string {
  return `${comparablePrincipal(principal)} on ${inventoryPath(path)}`;
}
