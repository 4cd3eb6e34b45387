import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { valuesOf, type ValuePlace } from "../../places";
import { problem } from "../../problems";
import type { Rule } from "../rule";
import { nodeGroupsOf, type NodeGroupPlace } from "./nodeGroupPlaces";

/**
 * Networks whose names have brackets are not found: the installer escapes them for the masters' main
 * network only.
 *
 * Source: deckhouse/deckhouse#13449.
 */
export const networksHaveNoBrackets: Rule = (draft) =>
  nodeGroupsOf(draft)
    .flatMap(networksSearchedByPattern)
    .filter(({ value }) => /[[\]]/.test(value))
    .map(({ path, value }) =>
      problem(
        path,
        value,
        'brackets in a name are read as a pattern, and the installer would stop with "network not found"',
        "rename the network, or use another one",
      ),
    );

/**
 * Masters have one additional network at most: they get the same address on each of them.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf`.
 */
export const mastersHaveOneAdditionalNetwork: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, isMaster, instanceClass }) => {
    const networks = instanceClass.additionalNetworks ?? [];
    return !isMaster || networks.length < 2
      ? []
      : [
          problem(
            `${path}.instanceClass.additionalNetworks`,
            networks,
            "a master gets the same address on each of its additional networks, which conflict",
            "leave the masters one additional network, and put the others on node groups",
          ),
        ];
  });

/**
 * `internalNetworkNames` and `externalNetworkNames` are compared with the names of port groups; a path
 * never matches, and nodes would have no such address.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`.
 */
export const networkNamesAreNotPaths: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster, pathOf }) =>
    (["internalNetworkNames", "externalNetworkNames"] as const).flatMap((key) =>
      valuesOf(pathOf(key), cluster[key])
        .filter(({ value }) => value.includes("/"))
        .map(({ path, value }) =>
          problem(
            path,
            value,
            "it is a path, and Deckhouse compares names, so nodes would lack this address",
            `write the name alone, ${value.split("/").at(-1) ?? ""}`,
          ),
        ),
    ),
  );

function networksSearchedByPattern(place: NodeGroupPlace): ValuePlace<string>[] {
  const { path, isMaster, instanceClass } = place;
  const main = instanceClass.mainNetwork;
  return [
    ...(isMaster || main === undefined
      ? []
      : [{ path: `${path}.instanceClass.mainNetwork`, value: main }]),
    ...valuesOf(`${path}.instanceClass.additionalNetworks`, instanceClass.additionalNetworks),
  ];
}
