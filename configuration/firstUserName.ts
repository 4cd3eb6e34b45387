/** Kubernetes makes label values of some names, and a label value has at most 63 characters. */
const longestName = 63;

/**
 * The name of the first user's objects in Kubernetes: what stands before the `@`, `john-doe` for `john.doe@example.com`.
 *
 * @param email the address; a letter or a digit is before the `@`
 */
export function firstUserName(email: string): string {
  return email
    .replace(/@.*$/, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, longestName)
    .replace(/-$/, "");
}
