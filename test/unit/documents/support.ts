import assert from "node:assert/strict";
import { parseConfiguration } from "../../../configuration";
import { clusterDocuments, type DeckhouseDocument, type DocumentInputs } from "../../../documents";
import { changed, valueAt, type Changes } from "../../support/changedConfiguration";
import { publicKey } from "../configuration/support";

/** A certificate, as far as a document is concerned. */
export { certificate } from "../../support/certificate";

const instanceClass = {
  numCPUs: 4,
  memory: 8192,
  template: "Templates/ubuntu-24.04",
  mainNetwork: "k8s-nodes",
  datastore: "x1_root",
};

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
 * What documents are made of, from a configuration as a user writes it.
 *
 * @param changes to the tests' configuration; `cluster.` is short for its only region's `clusterConfiguration.`
 * @param known in place of what the tests' program knows
 */
export function inputsWith(changes: Changes = {}, known: Known = {}): DocumentInputs {
  const written = Object.fromEntries(
    Object.entries(changes).map(([path, value]) => [
      path.replace(/^cluster(?=\.)/, "regions[0].clusterConfiguration"),
      value,
    ]),
  );
  const configuration = parseConfiguration(changed(stack, written));
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

/** The documents of the tests' configuration with changes. */
export function documentsWith(changes: Changes = {}, known: Known = {}): DeckhouseDocument[] {
  return clusterDocuments(inputsWith(changes, known)).map(({ document }) => document);
}

/**
 * Finds a document.
 *
 * @param documents all documents
 * @param which its kind, or kind and name: `ModuleConfig/metallb`
 */
export function find(documents: readonly DeckhouseDocument[], which: string): unknown {
  return documents.find((document) => {
    const name = "metadata" in document ? document.metadata.name : "";
    return [document.kind, `${document.kind}/${name}`].includes(which);
  });
}

/** A field of a document, and how a user sets it: the changes, the value expected, and what the program knows. */
export type FieldCases = Readonly<Record<string, readonly [Changes, unknown, Known?]>>;

/**
 * Makes a test of each field: it is not there, or has another value, until a user sets it.
 *
 * @param which the document, as for {@link find}
 * @param cases by path in the document
 * @param common changes and knowledge of all cases
 */
export function testFields(
  which: string,
  cases: FieldCases,
  common: readonly [Changes, Known?] = [{}],
): void {
  const [commonChanges, commonKnown = {}] = common;
  for (const [path, [changes, expected, known = {}]] of Object.entries(cases)) {
    it(`\`${path}\` of ${which} can be set and arrives there`, () => {
      const valueWith = (own: Changes, ownKnown: Known): unknown =>
        valueAt(
          find(documentsWith({ ...commonChanges, ...own }, { ...commonKnown, ...ownKnown }), which),
          path,
        );
      assert.deepEqual(valueWith(changes, known), expected);
      assert.notDeepEqual(valueWith({}, {}), expected);
    });
  }
}

/** Fields with a value that nobody can change, by path in the document. */
export type FixedCases = Readonly<Record<string, unknown>>;

/**
 * Makes a test of each field that is always the same.
 *
 * @param which the document, as for {@link find}
 * @param cases by path in the document
 * @param common changes and knowledge of all cases
 */
export function testFixed(
  which: string,
  cases: FixedCases,
  [changes, known = {}]: readonly [Changes, Known?] = [{}],
): void {
  for (const [path, expected] of Object.entries(cases)) {
    it(`\`${path}\` of ${which} is always ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(valueAt(find(documentsWith(changes, known), which), path), expected);
    });
  }
}
