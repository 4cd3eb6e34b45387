import { bits } from "./addressBits";
import { isPlaceholder, type ReadDocument } from "./schemaFaults";

/** What the checks read of the documents that install a cluster. */
interface Installation {
  readonly podSubnetCIDR: string;
  readonly serviceSubnetCIDR: string;
  readonly cloud: { readonly prefix: string };
}

interface Taint {
  readonly key: string;
  readonly effect?: string;
}

interface NamedGroup {
  readonly name: string;
  readonly nodeTemplate?: { readonly taints?: readonly Taint[] };
}

interface Vsphere {
  readonly masterNodeGroup: {
    readonly instanceClass: {
      readonly numCPUs: number;
      readonly memory: number;
      readonly rootDiskSize?: number;
    };
  };
  readonly nodeGroups?: readonly NamedGroup[];
}

/** The keys of taints that every component of Deckhouse tolerates without being told. */
const toleratedKeys = [
  ...["dedicated", "dedicated.deckhouse.io", "node.deckhouse.io/etcd-arbiter"],
  ...["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"],
];

/** What is left of the 63 characters of a name for the cluster's prefix and a group's name. */
const roomForNames = 63 - 21;

/**
 * Does what dhctl does before it installs a cluster, and Deckhouse's webhook when it is given a group of nodes.
 *
 * @param documents those of one region, which the schemas accept
 * @returns what is wrong, a sentence each
 */
export function installerFaults(documents: readonly ReadDocument[]): string[] {
  const one = (kind: string): unknown => documents.find((document) => document["kind"] === kind);
  const cluster = one("ClusterConfiguration") as Installation | undefined;
  const vsphere = one("VsphereClusterConfiguration") as Vsphere | undefined;
  const init = one("InitConfiguration") as { deckhouse?: Registry } | undefined;
  return [
    ...(cluster === undefined ? [] : subnetFaults(cluster)),
    ...(vsphere === undefined ? [] : masterFaults(vsphere)),
    ...(init?.deckhouse === undefined ? [] : registryFaults(init.deckhouse)),
    ...groupsOf(documents, vsphere).flatMap((group) =>
      groupFaults(group, cluster?.cloud.prefix ?? "", tolerated(documents)),
    ),
  ];
}

function subnetFaults({ podSubnetCIDR, serviceSubnetCIDR }: Installation): string[] {
  const [pods, services] = [bits(podSubnetCIDR), bits(serviceSubnetCIDR)];
  const length = Math.min(pods[1], services[1]);
  return pods[0].slice(0, length) === services[0].slice(0, length)
    ? [`${podSubnetCIDR} and ${serviceSubnetCIDR} overlap`]
    : [];
}

function masterFaults({ masterNodeGroup }: Vsphere): string[] {
  const { numCPUs, memory, rootDiskSize = 50 } = masterNodeGroup.instanceClass;
  return numCPUs < 4 || memory < 7680 || rootDiskSize < 50 ? ["masters are too small"] : [];
}

interface Registry {
  readonly imagesRepo: string;
  readonly registryDockerCfg: string;
}

function registryFaults({ imagesRepo, registryDockerCfg }: Registry): string[] {
  if (isPlaceholder(registryDockerCfg) || isPlaceholder(imagesRepo)) return [];
  const [host = ""] = imagesRepo.split("/");
  const { auths = {} } = JSON.parse(Buffer.from(registryDockerCfg, "base64").toString()) as {
    auths?: object;
  };
  return Object.hasOwn(auths, host) ? [] : [`registryDockerCfg has nothing for ${host}`];
}

function groupsOf(documents: readonly ReadDocument[], vsphere: Vsphere | undefined): NamedGroup[] {
  const resources = documents.filter(({ kind }) => kind === "NodeGroup") as unknown as readonly {
    metadata: { name: string };
    spec: Omit<NamedGroup, "name">;
  }[];
  return [
    ...(vsphere?.nodeGroups ?? []),
    ...resources.map(({ metadata, spec }) => ({ name: metadata.name, ...spec })),
  ];
}

/** The keys of taints that the components are told to tolerate, and those that they tolerate anyway. */
function tolerated(documents: readonly ReadDocument[]): readonly string[] {
  const modules = documents.filter(({ kind }) => kind === "ModuleConfig") as unknown as readonly {
    metadata: { name: string };
    spec: { settings?: { modules?: { placement?: { customTolerationKeys?: string[] } } } };
  }[];
  const { settings } = modules.find(({ metadata }) => metadata.name === "global")?.spec ?? {};
  return [...toleratedKeys, ...(settings?.modules?.placement?.customTolerationKeys ?? [])];
}

function groupFaults(
  { name, nodeTemplate: { taints = [] } = {} }: NamedGroup,
  prefix: string,
  keys: readonly string[],
): string[] {
  const seen = taints.map(({ key, effect = "" }) => `${key} ${effect}`);
  return [
    ...(`${prefix}-${name}`.length > roomForNames ? [`${prefix}-${name} is too long`] : []),
    ...taints
      .filter(({ key }) => !keys.includes(key))
      .map(({ key }) => `no component tolerates the taint ${key}`),
    ...(new Set(seen).size < seen.length ? [`${name} has a taint twice`] : []),
  ];
}
