import type { EphemeralInstanceClass, InstanceClass } from "../../configuration/clusterTypes";
import { compact } from "../../configuration/compact";
import { objectName } from "../../configuration/inventoryPaths";
import type { DocumentInputs } from "../inputs";
import type { InstanceClassDocument, VsphereInstanceClassSpec } from "../types";
import { pathBelow } from "./inventoryNames";

/** What an instance class needs to know beside itself. */
type ClassInputs = Pick<DocumentInputs, "region" | "template">;

/**
 * Builds the virtual machine of a master. Its datastore is a bare name: the masters have a further disk, which cannot
 * be made when it is a path. Source: deckhouse/deckhouse#9584.
 *
 * @param inputs the region, and the template of classes that name none
 * @param instance what the configuration says
 * @throws RangeError when there is no template, neither its own nor that of the inputs
 */
export function masterInstanceClass(
  inputs: ClassInputs,
  instance: InstanceClass,
): InstanceClassDocument {
  return { ...permanentInstanceClass(inputs, instance), datastore: objectName(instance.datastore) };
}

/**
 * Builds the virtual machine of a permanent node that is no master.
 *
 * @param inputs the region, and the template of classes that name none
 * @param instance what the configuration says
 * @throws RangeError when there is no template, neither its own nor that of the inputs
 */
export function permanentInstanceClass(
  inputs: ClassInputs,
  instance: InstanceClass,
): InstanceClassDocument {
  const { datacenter } = inputs.region;
  const template = templateOf(inputs, instance);
  if (template === undefined) {
    throw new RangeError("an instance class has no template");
  }
  return compact({
    numCPUs: instance.numCPUs,
    memory: instance.memory,
    rootDiskSize: instance.rootDiskSize,
    template,
    mainNetwork: pathBelow(datacenter, instance.mainNetwork),
    additionalNetworks: additionalNetworksOf(inputs, instance),
    datastore: pathBelow(datacenter, instance.datastore),
    resourcePool: instance.resourcePool,
    mainNetworkIPAddresses: instance.mainNetworkIPAddresses?.map(
      ({ address, gateway, nameservers }) => ({
        address,
        gateway,
        nameservers: { addresses: nameservers.addresses, search: nameservers.search },
      }),
    ),
    runtimeOptions: instance.runtimeOptions,
  });
}

/**
 * Builds the virtual machine of a node that Deckhouse orders. What is left out here, Deckhouse takes from the masters.
 *
 * @param inputs the region, and the template of classes that name none
 * @param instance what the configuration says
 */
export function ephemeralInstanceClass(
  inputs: ClassInputs,
  instance: EphemeralInstanceClass,
): VsphereInstanceClassSpec {
  const { datacenter } = inputs.region;
  const { mainNetwork, datastore } = instance;
  return compact({
    numCPUs: instance.numCPUs,
    memory: instance.memory,
    rootDiskSize: instance.rootDiskSize,
    template: templateOf(inputs, instance),
    mainNetwork: mainNetwork && pathBelow(datacenter, mainNetwork),
    additionalNetworks: additionalNetworksOf(inputs, instance),
    datastore: datastore && pathBelow(datacenter, datastore),
    resourcePool: instance.resourcePool,
    disableTimesync: instance.disableTimesync,
    runtimeOptions: instance.runtimeOptions,
  });
}

function templateOf(
  { region, template: common }: ClassInputs,
  { template: own }: Pick<InstanceClass, "template">,
): string | undefined {
  return own === undefined ? common : pathBelow(region.datacenter, own);
}

function additionalNetworksOf(
  { region }: ClassInputs,
  { additionalNetworks }: Pick<InstanceClass, "additionalNetworks">,
): readonly string[] | undefined {
  return additionalNetworks?.map((path) => pathBelow(region.datacenter, path));
}
