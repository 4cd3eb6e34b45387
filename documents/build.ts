import type {
  ClusterConfiguration,
  InstanceClass,
  MasterNodeGroup,
  NodeGroup,
} from "../configuration/types";
import { compact } from "./compact";
import type { InstanceClassDocument, NodeTemplateDocument } from "./instanceClass";
import type {
  MasterNodeGroupDocument,
  NodeGroupDocument,
  ProviderDocument,
  VsphereClusterConfiguration,
} from "./vsphereClusterConfiguration";

/** How Deckhouse is to reach vCenter. */
export interface Provider {
  /** Host name or address. */
  readonly server: string;
  /** `user@domain`. */
  readonly username: string;
  /** Secret. */
  readonly password: string;
  /** Whether any certificate is accepted; without effect when there is a `caBundle`. */
  readonly insecure?: boolean | undefined;
  /** Certificates of the authority, PEM. */
  readonly caBundle?: string | undefined;
}

/** Everything a region's document is made of. */
export interface VsphereClusterConfigurationInputs {
  /** Name of the region's tag. */
  readonly region: string;
  /** Names of the zones' tags, in the order written. */
  readonly zones: readonly string[];
  /** Names of the two tag categories. */
  readonly categories: { readonly region: string; readonly zone: string };
  readonly provider: Provider;
  readonly clusterConfiguration: ClusterConfiguration;
  /** The template of the instance classes that name none, as a path below the datacenter's vm folder. */
  readonly template?: string | undefined;
}

/**
 * Builds the document for one region. Optional keys that are not set are left out; the order of keys is
 * always the same.
 *
 * @param inputs the region and what is known of its cluster, checked
 * @throws RangeError when an instance class has no template, neither its own nor that of the inputs
 */
export function vsphereClusterConfiguration(
  inputs: VsphereClusterConfigurationInputs,
): VsphereClusterConfiguration {
  const cluster = inputs.clusterConfiguration;
  return compact({
    apiVersion: "deckhouse.io/v1",
    kind: "VsphereClusterConfiguration",
    layout: "Standard",
    provider: providerDocument(inputs.provider),
    region: inputs.region,
    zones: inputs.zones,
    regionTagCategory: inputs.categories.region,
    zoneTagCategory: inputs.categories.zone,
    vmFolderPath: cluster.vmFolderPath,
    vmFolderExists: cluster.vmFolderExists,
    sshPublicKey: cluster.sshPublicKey,
    internalNetworkCIDR: cluster.internalNetworkCIDR,
    internalNetworkNames: cluster.internalNetworkNames,
    externalNetworkNames: cluster.externalNetworkNames,
    baseResourcePool: cluster.baseResourcePool,
    useNestedResourcePool: cluster.useNestedResourcePool,
    storagePolicyID: cluster.storagePolicyID,
    disableTimesync: cluster.disableTimesync,
    masterNodeGroup: masterNodeGroupDocument(cluster.masterNodeGroup, inputs.template),
    nodeGroups: cluster.nodeGroups?.map((group) => nodeGroupDocument(group, inputs.template)),
  } as const);
}

/** Deckhouse refuses `insecure: true` next to certificates, and the certificates say more. */
function providerDocument(provider: Provider): ProviderDocument {
  const { server, username, password, insecure, caBundle } = provider;
  if (caBundle !== undefined && caBundle !== "") {
    return { server, username, password, caBundle };
  }
  return insecure === true
    ? { server, username, password, insecure }
    : { server, username, password };
}

function masterNodeGroupDocument(
  masters: MasterNodeGroup,
  template: string | undefined,
): MasterNodeGroupDocument {
  return compact({
    replicas: masters.replicas,
    zones: masters.zones,
    instanceClass: instanceClassDocument(masters.instanceClass, template),
  });
}

function nodeGroupDocument(group: NodeGroup, template: string | undefined): NodeGroupDocument {
  return compact({
    name: group.name,
    replicas: group.replicas,
    zones: group.zones,
    nodeTemplate: nodeTemplateDocument(group.nodeTemplate),
    instanceClass: instanceClassDocument(group.instanceClass, template),
  });
}

function nodeTemplateDocument(
  template: NodeGroup["nodeTemplate"],
): NodeTemplateDocument | undefined {
  return (
    template &&
    compact({
      labels: template.labels,
      annotations: template.annotations,
      taints: template.taints?.map(({ effect, key, value }) => ({ effect, key, value })),
    })
  );
}

function instanceClassDocument(
  instance: InstanceClass,
  defaultTemplate: string | undefined,
): InstanceClassDocument {
  const template = instance.template ?? defaultTemplate;
  if (template === undefined) {
    throw new RangeError("an instance class has no template");
  }
  return compact({
    numCPUs: instance.numCPUs,
    memory: instance.memory,
    rootDiskSize: instance.rootDiskSize,
    template,
    mainNetwork: instance.mainNetwork,
    additionalNetworks: instance.additionalNetworks,
    datastore: instance.datastore,
    resourcePool: instance.resourcePool,
    mainNetworkIPAddresses: instance.mainNetworkIPAddresses?.map((place) => ({
      address: place.address,
      gateway: place.gateway,
      nameservers: {
        addresses: place.nameservers.addresses,
        search: place.nameservers.search,
      },
    })),
    runtimeOptions: instance.runtimeOptions,
  });
}
