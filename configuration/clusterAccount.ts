import type { ConfigurationDraft } from "./draft";
import { valuesOf } from "./places";

/**
 * The users (not groups) among the role's principals.
 *
 * @param draft the configuration, as far as it could be read
 */
export function userPrincipals(draft: ConfigurationDraft): string[] {
  return valuesOf("role.principals", draft.role?.principals).flatMap(({ value }) =>
    value.group === true || value.name === undefined ? [] : [value.name],
  );
}

/**
 * The account that goes into the cluster configuration when none is named: the only user of the role, if
 * it is written in the form Deckhouse takes, `user@domain`.
 *
 * @param draft the configuration, as far as it could be read
 */
export function defaultUsername(draft: ConfigurationDraft): string | undefined {
  const [only, ...others] = userPrincipals(draft);
  return others.length === 0 && only?.includes("@") ? only : undefined;
}
