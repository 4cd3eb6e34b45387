import type { Network } from "../../configuration/clusterTypes";
import { objectName, pathBelowFolder } from "../../configuration/inventoryPaths";

/**
 * Writes a path as Deckhouse takes it: below one of the datacenter's folders, whatever that is called. What vCenter
 * writes as `%2f` in a name stays as it is.
 *
 * @param datacenter full path of the datacenter
 * @param path full path of the object
 * @throws RangeError when the object is in none of them, which the rules of the configuration exclude
 */
export function pathBelow(datacenter: string, path: string): string {
  const below = pathBelowFolder(datacenter, path);
  if (below === undefined) {
    throw new RangeError(`${path} is in no folder of ${datacenter}`);
  }
  return below;
}

/** The names of networks, by what the addresses of nodes on them are reported as. */
export interface NetworkNames {
  readonly internalNetworkNames: readonly string[] | undefined;
  readonly externalNetworkNames: readonly string[] | undefined;
}

/**
 * Deckhouse's `internalNetworkNames` and `externalNetworkNames`: bare names, because that is what vCenter says of a
 * machine's adapters.
 *
 * @param networks the networks of the region, with full paths
 * @returns in the order written; undefined where there are none
 */
export function networkNames(networks: readonly Network[]): NetworkNames {
  return {
    internalNetworkNames: namesOf(networks, "internal"),
    externalNetworkNames: namesOf(networks, "external"),
  };
}

function namesOf(networks: readonly Network[], kind: "internal" | "external") {
  const names = networks
    .filter(({ nodeAddress }) => nodeAddress === kind || nodeAddress === "both")
    .map(({ path }) => objectName(path));
  return names.length === 0 ? undefined : names;
}
