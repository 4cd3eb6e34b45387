import assert from "node:assert/strict";
import { parse } from "yaml";
import { parseConfiguration, type Configuration } from "../../../configuration";
import { clusterDocuments, renderYaml, type DocumentInputs } from "../../../documents";
import { changed, type Changes } from "../../support/changedConfiguration";
import type { ReadDocument } from "../../support/schemaFaults";
import { instanceClass, publicKey } from "../configuration/support";

/** What the tests' cluster has from the start: masters, frontends, workers, and MetalLB in BGP mode. */
const cluster = {
  vmFolderPath: "k8s/x1",
  sshPublicKey: publicKey,
  networks: [
    { path: "k8s-nodes", nodeAddress: "internal", subnet: "10.20.0.0/24" },
    { path: "k8s-bgp", subnet: "192.0.2.0/24" },
    { path: "folder/other%2fnet", subnet: "10.30.0.0/24" },
  ],
  masterNodeGroup: { replicas: 1, instanceClass },
  nodeGroups: [
    {
      name: "frontend",
      replicas: 1,
      nodeTemplate: { labels: { "node-role.deckhouse.io/frontend": "" } },
      instanceClass: { ...instanceClass, additionalNetworks: ["k8s-bgp"] },
    },
  ],
  ephemeralNodeGroups: [
    { name: "worker", minPerZone: 1, maxPerZone: 3, instanceClass: { numCPUs: 2, memory: 4096 } },
  ],
  ingress: {
    metallbBGP: {
      network: "k8s-bgp",
      routers: ["192.0.2.1", "192.0.2.2"],
      routerASN: 64512,
      clusterASN: 64513,
      addresses: ["203.0.113.32/27"],
    },
  },
};

const stack = {
  regions: [
    {
      name: "k8s-region-x1",
      datacenter: "X1",
      zones: [
        { name: "k8s-zone-x1-a", cluster: "x1_cluster_prod", datastores: ["x1_lun_1"] },
        { name: "k8s-zone-x1-b", cluster: "x1_cluster_stage", datastores: ["x1_lun_2"] },
      ],
      clusterConfiguration: cluster,
    },
  ],
  role: { principals: ["deckhouse@vsphere.local"] },
};

/** What makes the tests' cluster one whose masters are elsewhere. */
export const elsewhere: Changes = {
  "cluster.controlPlane": "elsewhere",
  "cluster.masterNodeGroup": undefined,
  "cluster.nodeGroups": undefined,
  "cluster.ephemeralNodeGroups[0].name": "frontend",
  "cluster.ephemeralNodeGroups[0].nodeTemplate": cluster.nodeGroups[0]?.nodeTemplate,
  "cluster.ephemeralNodeGroups[0].instanceClass": cluster.nodeGroups[0]?.instanceClass,
};

/** What makes the traffic of the tests' cluster come in by another way. */
export function ingressBy(way: string, settings: object): Changes {
  return { "cluster.ingress.metallbBGP": undefined, [`cluster.ingress.${way}`]: settings };
}

/** What only the program knows. */
export interface Known extends Partial<
  Omit<DocumentInputs, "region" | "categories" | "deckhouse" | "provider">
> {
  readonly provider?: Partial<DocumentInputs["provider"]>;
}

/**
 * The tests' configuration, checked.
 *
 * @param changes by path; `cluster.` is short for its only region's `clusterConfiguration.`
 */
export function configurationWith(changes: Changes = {}): Configuration {
  const written = Object.fromEntries(
    Object.entries(changes).map(([path, value]) => [
      path.replace(/^cluster(?=\.)/, "regions[0].clusterConfiguration"),
      value,
    ]),
  );
  return parseConfiguration(changed(stack, written));
}

/**
 * What the documents of the tests' configuration are made of.
 *
 * @param changes to the configuration, as for {@link configurationWith}
 * @param known in place of what the tests' program knows
 */
export function inputsWith(changes: Changes = {}, known: Known = {}): DocumentInputs {
  const configuration = configurationWith(changes);
  const [region] = configuration.regions;
  assert.ok(region?.cluster);
  return {
    region: {
      name: region.name,
      datacenter: region.datacenter,
      zones: region.zones.map(({ name }) => name),
      cluster: region.cluster,
    },
    categories: {
      region: configuration.categories.region.name,
      zone: configuration.categories.zone.name,
    },
    deckhouse: configuration.deckhouse,
    secrets: { clusterAccountPassword: "geheim" },
    ...known,
    provider: {
      server: "vcenter.example.com",
      username: configuration.clusterAccount?.username ?? "",
      ...known.provider,
    },
  };
}

/** Documents as they are when somebody reads what was rendered. */
export function documentsOf(inputs: DocumentInputs): ReadDocument[] {
  return clusterDocuments(inputs).map(
    ({ document }) => parse(renderYaml(document)) as ReadDocument,
  );
}

/** The documents of the tests' configuration with changes. */
export function documentsWith(changes: Changes = {}, known: Known = {}): ReadDocument[] {
  return documentsOf(inputsWith(changes, known));
}

/** Kind, and name where there is one: `ModuleConfig/metallb`. */
export function nameOf(document: ReadDocument): string {
  const { kind, metadata } = document as { kind: string; metadata?: { name: string } };
  return metadata === undefined ? kind : `${kind}/${metadata.name}`;
}

/** Finds a document by its kind, or by kind and name. */
export function find(documents: readonly ReadDocument[], which: string): ReadDocument | undefined {
  return documents.find((document) => [document["kind"], nameOf(document)].includes(which));
}

/** What the program knows when the BGP sessions have a password. */
export const withPassword: Known = {
  secrets: { clusterAccountPassword: "geheim", bgpPassword: "parole" },
};
