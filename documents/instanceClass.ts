import type { EphemeralInstanceClass, InstanceClass } from "../configuration/clusterTypes";
import { objectName, pathBelowFolder } from "../configuration/inventoryPaths";
import type { DocumentInputs } from "./inputs";

/** How ESXi shares processors and memory. Limits and reservations in MHz and MiB, shares of memory 0-100. */
interface RuntimeOptionsDocument {
  readonly nestedHardwareVirtualization?: boolean;
  readonly cpuShares?: number;
  readonly cpuLimit?: number;
  readonly cpuReservation?: number;
  readonly memoryShares?: number;
  readonly memoryLimit?: number;
  /** Percent, 0-100. */
  readonly memoryReservation?: number;
}

/** What describes the virtual machine of any node. */
interface MachineDocument {
  readonly numCPUs: number;
  /** MiB. */
  readonly memory: number;
  /** GiB. */
  readonly rootDiskSize?: number;
  /** Paths below the datacenter's network folder. */
  readonly additionalNetworks?: readonly string[];
  /** Relative to the cluster. */
  readonly resourcePool?: string;
  readonly runtimeOptions?: RuntimeOptionsDocument;
}

/**
 * The virtual machine of a permanent node. Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`.
 */
export interface InstanceClassDocument extends MachineDocument {
  /** Path below the datacenter's vm folder. */
  readonly template: string;
  /** Path below the datacenter's network folder. */
  readonly mainNetwork: string;
  /** Path below the datacenter's datastore folder; for masters a bare name (deckhouse/deckhouse#9584). */
  readonly datastore: string;
  /** Static addresses on the main network, one for each node. */
  readonly mainNetworkIPAddresses?: readonly {
    /** With the prefix length: `10.20.0.11/24`. */
    readonly address: string;
    readonly gateway: string;
    readonly nameservers: {
      readonly addresses?: readonly string[];
      readonly search?: readonly string[];
    };
  }[];
}

/**
 * The virtual machine of an ephemeral node. Deckhouse uses the masters' template, main network or datastore where one
 * is absent. Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/crds/`.
 */
export interface VsphereInstanceClassSpec extends MachineDocument {
  /** Path below the datacenter's vm folder. */
  readonly template?: string;
  /** Path below the datacenter's network folder. */
  readonly mainNetwork?: string;
  /** Path below the datacenter's datastore folder. */
  readonly datastore?: string;
  readonly disableTimesync?: boolean;
}

/**
 * Builds the virtual machine of a master. Its datastore is a bare name: masters have a second disk, which cannot be
 * created when the datastore is a path. Source: deckhouse/deckhouse#9584.
 *
 * @throws RangeError when neither the class nor the inputs have a template
 */
export function masterInstanceClass(
  inputs: DocumentInputs,
  instance: InstanceClass,
): InstanceClassDocument {
  return { ...permanentInstanceClass(inputs, instance), datastore: objectName(instance.datastore) };
}

/**
 * Builds the virtual machine of a permanent node that is no master.
 *
 * @throws RangeError when neither the class nor the inputs have a template
 */
export function permanentInstanceClass(
  inputs: DocumentInputs,
  instance: InstanceClass,
): InstanceClassDocument {
  const { datacenter } = inputs.region;
  const template = templateOf(inputs, instance);
  if (template === undefined) {
    throw new RangeError("an instance class has no template");
  }
  return {
    numCPUs: instance.numCPUs,
    memory: instance.memory,
    rootDiskSize: instance.rootDiskSize,
    template,
    mainNetwork: pathBelow(datacenter, instance.mainNetwork),
    additionalNetworks: instance.additionalNetworks?.map((path) => pathBelow(datacenter, path)),
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
  };
}

/** Builds the virtual machine of an ephemeral node. */
export function ephemeralInstanceClass(
  inputs: DocumentInputs,
  instance: EphemeralInstanceClass,
): VsphereInstanceClassSpec {
  const { datacenter } = inputs.region;
  const { mainNetwork, datastore } = instance;
  return {
    numCPUs: instance.numCPUs,
    memory: instance.memory,
    rootDiskSize: instance.rootDiskSize,
    template: templateOf(inputs, instance),
    mainNetwork: mainNetwork && pathBelow(datacenter, mainNetwork),
    additionalNetworks: instance.additionalNetworks?.map((path) => pathBelow(datacenter, path)),
    datastore: datastore && pathBelow(datacenter, datastore),
    resourcePool: instance.resourcePool,
    disableTimesync: instance.disableTimesync,
    runtimeOptions: instance.runtimeOptions,
  };
}

function templateOf(
  { region, template }: DocumentInputs,
  instance: Pick<InstanceClass, "template">,
): string | undefined {
  return instance.template === undefined
    ? template
    : pathBelow(region.datacenter, instance.template);
}

/**
 * The path as Deckhouse takes it: below one of the datacenter's folders, whatever that folder is called. A `%2f`, which
 * is how vCenter writes a slash in a name, is kept.
 *
 * @throws RangeError when the object is in no such folder, which the rules of the configuration exclude
 */
function pathBelow(datacenter: string, path: string): string {
  const below = pathBelowFolder(datacenter, path);
  if (below === undefined) {
    throw new RangeError(`${path} is in no folder of ${datacenter}`);
  }
  return below;
}
