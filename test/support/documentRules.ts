import { bits } from "./addressBits";
import { installerFaults } from "./installerChecks";
import { schemaFaults, type ReadDocument } from "./schemaFaults";

interface Machine {
  readonly mainNetwork?: string;
  readonly additionalNetworks?: readonly string[];
  readonly datastore?: string;
  readonly mainNetworkIPAddresses?: readonly {
    readonly address: string;
    readonly gateway: string;
  }[];
}

interface Group {
  readonly name?: string;
  readonly replicas: number;
  readonly zones?: readonly string[];
  readonly instanceClass: Machine;
}

/**
 * Holds the documents of one region against Deckhouse's own schemas, and against the rules of Deckhouse that no schema
 * has, as its public sources tell them. Independent of the program's own rules: it reads finished documents.
 *
 * @param deckhouse the version that is to take them, as the configuration has it
 * @returns what is wrong, a sentence each
 */
export function documentFaults(documents: readonly ReadDocument[], deckhouse: string): string[] {
  const faults = documents.map((document) => schemaFaults(document, deckhouse));
  const refused = faults.flatMap((one) => one.refused);
  const deprecated = faults.flatMap((one) => one.deprecated);
  // The other rules read only what the schemas accept.
  if (refused.length > 0) return [...refused, ...deprecated];
  return [
    ...deprecated,
    ...documents.flatMap((document) =>
      document["kind"] === "VsphereClusterConfiguration" ? installationFaults(document) : [],
    ),
    ...installerFaults(documents),
    ...referenceFaults(documents),
  ];
}

/** The rows of the table "not in the schema, but breaks things", as far as a document shows them. */
function installationFaults(document: ReadDocument): string[] {
  const {
    zones,
    internalNetworkCIDR,
    masterNodeGroup,
    nodeGroups = [],
    provider,
  } = document as {
    zones: string[];
    internalNetworkCIDR?: string;
    masterNodeGroup: Group;
    nodeGroups?: Group[];
    provider: { insecure?: boolean; caBundle?: string };
  };
  const faults: string[] = [];
  const check = (isRight: boolean, fault: string): void => {
    if (!isRight) faults.push(fault);
  };
  check(provider.insecure !== true || provider.caBundle === undefined, "insecure beside caBundle");
  check(new Set(zones).size === zones.length, "a zone twice");
  const { additionalNetworks = [] } = masterNodeGroup.instanceClass;
  if (internalNetworkCIDR === undefined) {
    check(additionalNetworks.length + nodeGroups.length === 0, "no internalNetworkCIDR");
  } else {
    const [network, prefix] = bits(internalNetworkCIDR);
    check(/^0*$/.test(network.slice(prefix)), `${internalNetworkCIDR} is no network`);
  }
  for (const name of namesOf(document)) check(!name.includes("/"), `${name} is a path`);
  check(!(masterNodeGroup.instanceClass.datastore ?? "").includes("/"), "masters' datastore");
  check(additionalNetworks.length <= 1, "masters' networks");
  for (const group of [masterNodeGroup, ...nodeGroups]) {
    const { mainNetworkIPAddresses: addresses, mainNetwork = "" } = group.instanceClass;
    const others = group.instanceClass.additionalNetworks ?? [];
    check(
      (group.zones ?? []).every((zone) => zones.includes(zone)),
      "a zone of another region",
    );
    const searched = group === masterNodeGroup ? others : [mainNetwork, ...others];
    check(!searched.some((name) => /[[\]]/.test(name)), "brackets");
    check(![mainNetwork, ...others].some((name) => name.startsWith("/")), "a full path");
    check(addresses === undefined || addresses.length >= group.replicas, "too few addresses");
    for (const { address, gateway } of addresses ?? []) {
      const [node, length] = bits(address);
      const host = node.slice(length);
      check(length > 30 || (host.includes("0") && host.includes("1")), `${address} is no host`);
      check(bits(gateway)[0].startsWith(node.slice(0, length)), `${gateway} is out of reach`);
    }
  }
  const names = nodeGroups.map(({ name }) => name);
  check(new Set([...names, "master"]).size === names.length + 1, "two groups of one name");
  return faults;
}

/** Every name that a document takes from another one is there, and before it. */
function referenceFaults(documents: readonly ReadDocument[]): string[] {
  const known = new Set<string>();
  const faults: string[] = [];
  for (const document of documents) {
    const { kind, metadata, spec } = document as {
      kind: string;
      metadata?: { name: string };
      spec?: Referring;
    };
    for (const reference of referencesOf(spec ?? {})) {
      if (!known.has(reference)) faults.push(`${kind} names ${reference}, which is not before it`);
    }
    const name = `${kind} ${metadata?.name ?? ""}`;
    if (known.has(name)) faults.push(`${name} is there twice`);
    known.add(name);
  }
  return faults;
}

/** The fields of any kind that take a name from another document. */
interface Referring {
  readonly cloudInstances?: { readonly classReference: { readonly name: string } };
  readonly passwordSecretRef?: { readonly name: string };
  readonly bgp?: { readonly peerNames: readonly string[] };
  readonly advertisements?: readonly { readonly poolNames: readonly string[] }[];
  readonly loadBalancer?: {
    readonly loadBalancerClass?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

function referencesOf(spec: Referring): string[] {
  const { bgp, advertisements = [], loadBalancer } = spec;
  const pools = advertisements.flatMap(({ poolNames }) => poolNames);
  return Object.entries({
    VsphereInstanceClass: [spec.cloudInstances?.classReference.name],
    Secret: [spec.passwordSecretRef?.name],
    MetalLoadBalancerBGPPeer: bgp?.peerNames ?? [],
    MetalLoadBalancerClass: [loadBalancer?.loadBalancerClass],
    MetalLoadBalancerPool: [
      ...pools,
      loadBalancer?.annotations?.["network.deckhouse.io/load-balancer-pool"],
    ],
  }).flatMap(([kind, names]) =>
    names.filter((name) => name !== undefined).map((name) => `${kind} ${name}`),
  );
}

function namesOf(document: ReadDocument): string[] {
  return ["internalNetworkNames", "externalNetworkNames"].flatMap(
    (key) => (document[key] ?? []) as string[],
  );
}
