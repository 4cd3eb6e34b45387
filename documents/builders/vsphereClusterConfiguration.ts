import type { NodeGroup, VsphereCluster } from "../../configuration/clusterTypes";
import { compact } from "../../configuration/compact";
import type { InputsOf } from "../inputs";
import type { PermanentNodeGroupDocument, VsphereClusterConfiguration } from "../types";
import { certificateCheck } from "./certificates";
import { masterInstanceClass, permanentInstanceClass } from "./instanceClass";
import { networkNames } from "./inventoryNames";
import { nodeTemplateDocument } from "./nodeTemplate";
import { nsxtDocument } from "./nsxt";

/**
 * Builds the document about what the installer makes in vSphere. `internalNetworkCIDR` is always there: without it
 * the installer stops in the middle, and Deckhouse's own documentation says in one place that it is optional.
 *
 * @param inputs the region and its cluster
 * @throws RangeError when an instance class has no template, neither its own nor that of the inputs, or when the
 * configuration names a storage policy whose id is not among the inputs
 */
export function vsphereClusterConfiguration(
  inputs: InputsOf<VsphereCluster>,
): VsphereClusterConfiguration {
  const { region, categories, provider, secrets } = inputs;
  const { cluster } = region;
  const { masterNodeGroup: masters, nodeGroups } = cluster;
  return compact({
    apiVersion: "deckhouse.io/v1",
    kind: "VsphereClusterConfiguration",
    layout: "Standard",
    provider: {
      server: provider.server,
      username: provider.username,
      password: secrets.clusterAccountPassword,
      ...certificateCheck(provider),
    },
    region: region.name,
    zones: region.zones,
    regionTagCategory: categories.region,
    zoneTagCategory: categories.zone,
    vmFolderPath: cluster.vmFolderPath,
    vmFolderExists: cluster.vmFolderExists,
    sshPublicKey: cluster.sshPublicKey,
    internalNetworkCIDR: cluster.internalNetworkCIDR,
    ...networkNames(cluster.networks),
    baseResourcePool: cluster.baseResourcePool,
    useNestedResourcePool: cluster.useNestedResourcePool,
    storagePolicyID: storagePolicyId(inputs),
    disableTimesync: cluster.disableTimesync,
    masterNodeGroup: {
      replicas: masters.replicas,
      zones: masters.zones,
      instanceClass: masterInstanceClass(inputs, masters.instanceClass),
    },
    nodeGroups:
      nodeGroups.length === 0
        ? undefined
        : nodeGroups.map((group) => permanentNodeGroup(inputs, group)),
    nsxt: nsxtDocument(cluster.nsxt, secrets),
  } as const);
}

/**
 * A permanent group is described here only: the installer makes its `NodeGroup`, with the same node template. Source:
 * deckhouse/deckhouse `dhctl/pkg/config`, `NodeGroupManifest`.
 */
function permanentNodeGroup(
  inputs: InputsOf<VsphereCluster>,
  group: NodeGroup,
): PermanentNodeGroupDocument {
  return compact({
    name: group.name,
    replicas: group.replicas,
    zones: group.zones,
    nodeTemplate: nodeTemplateDocument(group.nodeTemplate),
    instanceClass: permanentInstanceClass(inputs, group.instanceClass),
  });
}

function storagePolicyId({
  storagePolicyId: found,
  region: { cluster },
}: InputsOf<VsphereCluster>): string | undefined {
  const id = found ?? cluster.storagePolicy?.id;
  if (id === undefined && cluster.storagePolicy?.name !== undefined) {
    throw new RangeError("the storage policy has no id");
  }
  return id;
}
