/** A principal taken apart. */
export interface PrincipalParts {
  /** The user or group without its domain. */
  readonly account: string;
  /** The domain as written: a DNS name or, before a backslash, often a NetBIOS name. */
  readonly domain: string;
}

/**
 * Takes a principal apart.
 *
 * @param principal `user@domain` or `DOMAIN\user`
 * @returns undefined when there is no domain, or nothing but a domain
 */
export function principalParts(principal: string): PrincipalParts | undefined {
  const backslash = /^([^\\@]+)\\([^\\]+)$/.exec(principal);
  if (backslash) {
    return { domain: backslash[1] ?? "", account: backslash[2] ?? "" };
  }
  const at = /^([^\\]+)@([^\\@\s]+)$/.exec(principal);
  return at ? { account: at[1] ?? "", domain: at[2] ?? "" } : undefined;
}

/**
 * The form in which two principals are compared: `user@domain` in lower case. vCenter answers
 * `VSPHERE.LOCAL\user` for what was written as `user@vsphere.local`, and case does not count.
 *
 * @param principal a principal in either form; one without a domain stays as it is, in lower case
 */
export function comparablePrincipal(principal: string): string {
  const parts = principalParts(principal);
  return (parts ? `${parts.account}@${parts.domain}` : principal).toLowerCase();
}
