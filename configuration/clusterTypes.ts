import type { z } from "zod";
import type { clusterConfigurationSchema } from "./schema/clusterConfiguration";
import type { deckhouseSchema } from "./schema/deckhouse";
import type { extraKeys } from "./schema/extra";
import type { firstUserSchema } from "./schema/firstUser";
import type { ephemeralNodeGroupSchema } from "./schema/ephemeralNodeGroups";
import type { globalKeys } from "./schema/global";
import type { instanceClassSchema, runtimeOptionsSchema } from "./schema/instanceClass";
import type { nodeTemplateSchema } from "./schema/nodeGroups";
import type { networkSchema } from "./schema/networks";
import type { nsxtSchema } from "./schema/nsxt";
import type { proxySchema } from "./schema/proxy";

/** A network of a region: `path` in full, and what nodes find there. */
export type Network = z.output<typeof networkSchema>;

/** Name resolution of a node. */
export type Nameservers = NonNullable<Network["nameservers"]>;

/** How ESXi shares processors and memory. */
export type RuntimeOptions = z.output<typeof runtimeOptionsSchema>;

/** What the nodes of a group carry in Kubernetes. */
export type NodeTemplate = z.output<typeof nodeTemplateSchema>;

/** Load balancers of NSX-T, without the password. */
export type Nsxt = z.output<typeof nsxtSchema>;

/** How nodes and Deckhouse reach what is outside, without the password. */
export type Proxy = z.output<typeof proxySchema>;

/** Who can log in after the installation. */
export type FirstUser = z.output<typeof firstUserSchema>;

/** The Deckhouse that is to be installed. */
export type Deckhouse = z.output<typeof deckhouseSchema>;

/** A static address, complete. */
export interface MainNetworkAddress {
  /** With the prefix length: `10.20.0.11/24`. */
  readonly address: string;
  readonly gateway: string;
  readonly nameservers: Nameservers;
}

/** The virtual machine of a node; memory in MiB, disks in GiB. All paths are full inventory paths. */
export interface InstanceClass extends Pick<
  z.output<typeof instanceClassSchema>,
  "numCPUs" | "memory" | "rootDiskSize" | "resourcePool" | "runtimeOptions"
> {
  /** Absent for the template of `templateImage`. */
  readonly template?: string;
  readonly mainNetwork: string;
  readonly additionalNetworks?: readonly string[];
  readonly datastore: string;
  readonly mainNetworkIPAddresses?: readonly MainNetworkAddress[];
}

/** The masters. */
export interface MasterNodeGroup {
  readonly replicas: number;
  readonly zones?: readonly string[];
  readonly instanceClass: InstanceClass;
}

/** A group of permanent nodes beside the masters. */
export interface NodeGroup extends MasterNodeGroup {
  readonly name: string;
  readonly nodeTemplate?: NodeTemplate;
}

/** The virtual machine of a node that Deckhouse orders: what is absent is taken from the masters. */
export interface EphemeralInstanceClass
  extends
    Omit<InstanceClass, "mainNetwork" | "datastore" | "mainNetworkIPAddresses">,
    Partial<Pick<InstanceClass, "mainNetwork" | "datastore">> {
  readonly disableTimesync?: boolean;
}

/** A group of nodes that Deckhouse orders from inside the cluster. */
export interface EphemeralNodeGroup extends Omit<
  z.output<typeof ephemeralNodeGroupSchema>,
  "instanceClass"
> {
  readonly instanceClass: EphemeralInstanceClass;
}

type Written = z.output<typeof clusterConfigurationSchema>;
type WrittenIngress = NonNullable<Written["ingress"]>;

/** What is common to all ways of traffic into a cluster. */
interface IngressBase {
  /** `main` for the first. */
  readonly name: string;
  readonly nodeGroup: string;
  readonly ingressClass: string;
  readonly controllerVersion?: string;
  readonly acceptRequestsFrom?: readonly string[];
  /** The taints of the frontend nodes, which the controller and MetalLB tolerate. */
  readonly taints: NonNullable<NodeTemplate["taints"]>;
}

/** How traffic gets into a cluster. */
export type Ingress = IngressBase &
  (
    | ({ readonly kind: "externalLoadBalancer" } & NonNullable<
        WrittenIngress["externalLoadBalancer"]
      >)
    | ({ readonly kind: "metallbBGP" } & NonNullable<WrittenIngress["metallbBGP"]>)
    | ({ readonly kind: "metallbL2" } & NonNullable<WrittenIngress["metallbL2"]>)
  );

/** What a cluster is like where its masters are in vSphere, and where they are not. */
export type Cluster = VsphereCluster | ElsewhereCluster;

/** What every cluster has. */
export interface ClusterBase extends Pick<
  Written,
  "disableTimesync" | "storageClasses" | "nsxt" | keyof typeof globalKeys | keyof typeof extraKeys
> {
  /** Below the datacenter's vm folder, as Deckhouse takes it. */
  readonly vmFolderPath: string;
  readonly sshPublicKey: string;
  /** Paths in full. */
  readonly networks: readonly Network[];
  readonly ephemeralNodeGroups: readonly EphemeralNodeGroup[];
  readonly ingress?: Ingress;
  readonly additionalIngresses: readonly Ingress[];
}

/** A cluster that is installed in vSphere. */
export interface VsphereCluster
  extends
    ClusterBase,
    Pick<
      Written,
      | "vmFolderExists"
      | "baseResourcePool"
      | "useNestedResourcePool"
      | "storagePolicy"
      | "podSubnetNodeCIDRPrefix"
      | "defaultCRI"
      | "proxy"
      | "firstUser"
    > {
  readonly controlPlane: "vSphere";
  readonly cloudPrefix: string;
  /** The subnet of the network that the masters reach each other on; absent where nobody needs it. */
  readonly internalNetworkCIDR?: string;
  readonly masterNodeGroup: MasterNodeGroup;
  readonly nodeGroups: readonly NodeGroup[];
  readonly podSubnetCIDR: string;
  readonly serviceSubnetCIDR: string;
  readonly clusterDomain: string;
  readonly kubernetesVersion: string;
}

/** A cluster whose masters are elsewhere, and that gets nodes in vSphere. */
export interface ElsewhereCluster extends ClusterBase {
  readonly controlPlane: "elsewhere";
}

/**
 * The label of the nodes that traffic arrives at: by it the ingress controller and MetalLB find them.
 *
 * Source: deckhouse/deckhouse `ee/se/modules/380-metallb/docs/EXAMPLES.md`.
 */
export const frontendLabel = "node-role.deckhouse.io/frontend";

/** Every way of traffic into a cluster, the first one first. */
export function ingressesOf({ ingress, additionalIngresses }: ClusterBase): readonly Ingress[] {
  return ingress === undefined ? additionalIngresses : [ingress, ...additionalIngresses];
}
