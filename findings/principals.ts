import { comparableName } from "./text";

/** A user or group of vCenter taken apart. */
export interface PrincipalParts {
  /** The user or group without its domain. */
  readonly account: string;
  /** The domain as written: a DNS name or, before a backslash, often a NetBIOS name. */
  readonly domain: string;
}

/**
 * Takes a user or group apart. Windows names cannot hold a backslash, so it always ends a domain; names may hold an
 * `@`.
 * @param principal `user@domain` or `DOMAIN\user`
 * @returns undefined when the domain or the name is missing
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
 * The form in which users and groups are compared: `user@domain` in lower case. vCenter answers `VSPHERE.LOCAL\user`
 * for what was written as `user@vsphere.local`, and ignores case.
 * @param principal in either form; one without a domain is compared as a whole
 */
export function comparablePrincipal(principal: string): string {
  const parts = principalParts(principal);
  return comparableName(parts ? `${parts.account}@${parts.domain}` : principal);
}

/**
 * Whether two names mean the same user or group. Strict about the domain: the NetBIOS name `CORP` does not count as
 * `corp.example.com`, because only the directory knows. A name without a domain equals only itself.
 */
export function samePrincipal(one: string, other: string): boolean {
  return comparablePrincipal(one) === comparablePrincipal(other);
}

/**
 * A user or group in the form that vCenter stores: `deckhouse@vsphere.local` becomes `VSPHERE.LOCAL\deckhouse`, with
 * the domain in upper case and the name unchanged.
 * @throws Error without a domain or a name: a bare name means different things to different calls
 *   (kubernetes-sigs/vsphere-csi-driver#808)
 */
export function toDomainPrincipal(principal: string): string {
  const parts = principalParts(principal);
  if (parts === undefined) {
    throw new Error(
      `user or group ${JSON.stringify(principal)}: the domain or the name is missing, and vCenter would not find it or find ` +
        "another one: write user@domain or DOMAIN\\user",
    );
  }
  return `${parts.domain.toUpperCase()}\\${parts.account}`;
}
