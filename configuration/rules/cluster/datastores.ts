import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { nodeGroupsOf } from "./nodeGroupPlaces";
import { outsideOfRegion } from "./outside";

/**
 * Every permanent node has a datastore for its root disk, and so has every node whose masters are elsewhere; other
 * ordered nodes take that of the masters.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml` and `crds/` of the module.
 */
export const nodesHaveDatastores: Rule = (draft, faulty) =>
  nodeGroupsOf(draft)
    .filter(
      ({ path, cluster: { cluster, pathOf }, isEphemeral, instanceClass }) =>
        (!isEphemeral || cluster.controlPlane === "elsewhere") &&
        instanceClass.datastore === undefined &&
        cluster.rootDiskDatastore === undefined &&
        !faulty(`${path}.instanceClass`) &&
        !faulty(pathOf("rootDiskDatastore")),
    )
    .map(({ path }) =>
      finding(
        `${path}.instanceClass.datastore`,
        undefined,
        "the nodes have no datastore for their root disks, and Deckhouse would refuse the document",
        "name one here, or as rootDiskDatastore for all nodes of the region",
      ),
    );

/** A datastore of nodes lies in the datacenter of their region. */
export const nodeDatastoresAreInside: Rule = (draft) => {
  const named = [
    ...clusterConfigurationsOf(draft).map(({ region, cluster, pathOf }) => ({
      path: pathOf("rootDiskDatastore"),
      datacenter: region.datacenter,
      written: cluster.rootDiskDatastore,
    })),
    ...nodeGroupsOf(draft).map(({ path, cluster, instanceClass }) => ({
      path: `${path}.instanceClass.datastore`,
      datacenter: cluster.region.datacenter,
      written: instanceClass.datastore,
    })),
  ];
  return named.flatMap((object) => outsideOfRegion(object, "datastore"));
};

/** A storage policy is named once: by its name or by its id. */
export const storagePoliciesHaveOneName: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster: { storagePolicy }, pathOf }) => {
    if (
      storagePolicy === undefined ||
      (storagePolicy.name === undefined) !== (storagePolicy.id === undefined)
    ) {
      return [];
    }
    return [
      finding(
        pathOf("storagePolicy"),
        storagePolicy,
        storagePolicy.name === undefined
          ? "it names no policy, and would have no effect"
          : "it has a name and an id, which may mean two policies, and one would be left out",
        'write one of the two, for example {"name": "Kubernetes nodes"}',
      ),
    ];
  });
