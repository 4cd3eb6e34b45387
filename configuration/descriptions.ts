/**
 * The description of a region's tag when the configuration gives none: `Kubernetes Region X1` for
 * `k8s-region-x1`.
 *
 * @param name the tag's name
 * @param category the category's name, which is taken off the front of the tag's name
 */
export function regionDescription(name: string, category: string): string {
  return `Kubernetes Region ${ownPart(name, category)}`;
}

/**
 * The description of a zone's tag when the configuration gives none: `Kubernetes Zone X1-A` for
 * `k8s-zone-x1-a`.
 *
 * @param name the tag's name
 * @param category the category's name, which is taken off the front of the tag's name
 */
export function zoneDescription(name: string, category: string): string {
  return `Kubernetes Zone ${ownPart(name, category)}`;
}

function ownPart(name: string, category: string): string {
  const prefix = `${category}-`;
  const own = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return own.toUpperCase();
}
