/**
 * Tells whether this version of Deckhouse configures MetalLB by custom resources, as from 1.77 on, or by the settings
 * of its module.
 *
 * Source: deckhouse/deckhouse#18660.
 *
 * @param version `1.77` or `1.77.3`; the caller has checked the form
 */
export function hasMetallbResources(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 1 || minor >= 77;
}
