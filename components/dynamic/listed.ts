/**
 * Names in their order, which vCenter does not keep, folded where there are many:
 * `esxi-01, esxi-02, esxi-03 and 2 more`.
 */
export function listed(names: readonly string[], most: number): string {
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return `${[...names].sort().slice(0, most).join(", ")}${more}`;
}
