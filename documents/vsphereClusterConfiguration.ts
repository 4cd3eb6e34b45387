import type { NodeGroup } from "../configuration/clusterTypes";
import type { InstallationInputs } from "./inputs";
import {
  masterInstanceClass,
  permanentInstanceClass,
  type InstanceClassDocument,
} from "./instanceClass";
import { nodeTemplateDocument, type NodeTemplateDocument } from "./nodeGroup";
import {
  certificateCheck,
  networkNames,
  nsxtDocument,
  type CertificateCheck,
  type NetworkNames,
  type NsxtDocument,
} from "./vsphereProvider";

/** The masters. */
interface MasterNodeGroupDocument {
  readonly replicas: number;
  readonly zones?: readonly string[];
  readonly instanceClass: InstanceClassDocument;
}

/** A group of permanent nodes that are no masters. */
interface PermanentNodeGroupDocument extends MasterNodeGroupDocument {
  readonly name: string;
  readonly nodeTemplate?: NodeTemplateDocument;
}

/**
 * Deckhouse's `VsphereClusterConfiguration`: what the installer creates in vSphere. Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`.
 */
export interface VsphereClusterConfiguration extends NetworkNames {
  readonly apiVersion: "deckhouse.io/v1";
  readonly kind: "VsphereClusterConfiguration";
  readonly layout: "Standard";
  /** How Deckhouse reaches vCenter. */
  readonly provider: CertificateCheck & {
    /** Host name or address. */
    readonly server: string;
    /** `user@domain`. */
    readonly username: string;
    /** Secret. */
    readonly password: string;
  };
  /** Name of the region's tag. */
  readonly region: string;
  /** Names of the zones' tags; their order decides which node of a group without zones lands where. */
  readonly zones: readonly string[];
  readonly regionTagCategory: string;
  readonly zoneTagCategory: string;
  /** Relative to the datacenter's vm folder. */
  readonly vmFolderPath: string;
  readonly vmFolderExists?: boolean;
  readonly sshPublicKey: string;
  /** A network's address with its prefix length. */
  readonly internalNetworkCIDR?: string;
  /** Relative to the cluster. */
  readonly baseResourcePool?: string;
  readonly useNestedResourcePool?: boolean;
  /** Id of a storage policy. */
  readonly storagePolicyID?: string;
  readonly disableTimesync?: boolean;
  readonly masterNodeGroup: MasterNodeGroupDocument;
  readonly nodeGroups?: readonly PermanentNodeGroupDocument[];
  readonly nsxt?: NsxtDocument;
}

/**
 * Builds the document about what the installer creates in vSphere. `internalNetworkCIDR` is there whenever it is known:
 * the installer stops halfway without it when masters have an additional network or there are node groups
 * (deckhouse/deckhouse#14317), and either may come later.
 *
 * @throws RangeError when neither an instance class nor the inputs have a template, or when the configuration names a
 * storage policy whose id the inputs lack
 */
export function vsphereClusterConfiguration(
  inputs: InstallationInputs,
): VsphereClusterConfiguration {
  const { region, categories, provider, secrets } = inputs;
  const { cluster } = region;
  const { masterNodeGroup: masters, nodeGroups } = cluster;
  return {
    apiVersion: "deckhouse.io/v1",
    kind: "VsphereClusterConfiguration",
    layout: "Standard",
    provider: {
      server: provider.server,
      username: provider.username,
      password: secrets.clusterAccountPassword,
      ...certificateCheck(inputs),
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
    nsxt: nsxtDocument(inputs),
  };
}

/**
 * A permanent group appears only here: the installer creates its `NodeGroup`, with the same node template. Source:
 * deckhouse/deckhouse `dhctl/pkg/config`, `NodeGroupManifest`.
 */
function permanentNodeGroup(
  inputs: InstallationInputs,
  group: NodeGroup,
): PermanentNodeGroupDocument {
  return {
    name: group.name,
    replicas: group.replicas,
    zones: group.zones,
    nodeTemplate: nodeTemplateDocument(group.nodeTemplate),
    instanceClass: permanentInstanceClass(inputs, group.instanceClass),
  };
}

function storagePolicyId(inputs: InstallationInputs): string | undefined {
  const { storagePolicy } = inputs.region.cluster;
  const id = inputs.storagePolicyId ?? storagePolicy?.id;
  if (id === undefined && storagePolicy?.name !== undefined) {
    throw new RangeError("the storage policy has no id");
  }
  return id;
}
