import fc from "fast-check";
import {
  defined,
  maybe,
  objectName,
  word,
  type RawCluster,
  type RawInstanceClass,
  type RawRegion,
} from "./arbitraries";
import { datastorePath } from "../../configuration/inventoryPaths";
import { storageClassName } from "../../configuration/storageClasses";
import {
  connected,
  connectionPlan,
  networksOf,
  type ClusterNetwork,
  type NetworksOfCluster,
} from "./clusterNetworkArbitraries";
import { furtherKeys, installationKeys } from "./clusterKeyArbitraries";
import {
  controllerVersions,
  hasCertificates,
  hasClientIPHeaderSources,
  hasResources,
  kubernetesVersions,
} from "./deckhouseArbitraries";
import { nodeOptions } from "./nodeOptionArbitraries";
import { ingressOf, ingressPlan, type IngressKind } from "./ingressArbitraries";

type RawGroup = NonNullable<RawCluster["masterNodeGroup"]>;
type RawOrderedGroup = NonNullable<RawCluster["ephemeralNodeGroups"]>[number];

/** Where a cluster is, and what the rest of the configuration says. */
export interface ClusterSetting {
  readonly region: RawRegion;
  readonly number: number;
  /** Whether the same is to be said of several regions: then nothing in it may be of one region alone. */
  readonly isShared: boolean;
  /** The version that is to be installed. */
  readonly deckhouse: string;
}

/** The smallest template's disk, which fits where no node has a smaller root disk. */
export const smallestDisk = 8;

const publicKey =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f test@example.com";

const machine = fc
  .record({
    numCPUs: fc.integer({ min: 1, max: 64 }),
    memory: fc.integer({ min: 1, max: 1_000_000 }),
    template: objectName,
    datastore: objectName,
    rootDiskSize: maybe(fc.integer({ min: 1, max: 1000 })),
    resourcePool: maybe(objectName),
    runtimeOptions: maybe(
      fc
        .record({
          nestedHardwareVirtualization: maybe(fc.boolean()),
          cpuShares: maybe(fc.integer({ min: 0, max: 5000 })),
          cpuLimit: maybe(fc.integer({ min: -1, max: 5000 })),
          cpuReservation: maybe(fc.integer({ min: 0, max: 5000 })),
          memoryShares: maybe(fc.integer({ min: 0, max: 100 })),
          memoryLimit: maybe(fc.integer({ min: -1, max: 1_000_000 })),
          memoryReservation: maybe(fc.integer({ min: 0, max: 100 })),
        })
        .map(defined),
    ),
  })
  .map(defined);

const labels = fc.dictionary(word, fc.oneof(fc.constant(""), word), { maxKeys: 2 });
const nodeTemplate = fc.record({
  labels: maybe(labels),
  annotations: maybe(fc.dictionary(word, fc.string({ maxLength: 10 }), { maxKeys: 2 })),
  taints: maybe(
    fc.constantFrom<NonNullable<NonNullable<RawOrderedGroup["nodeTemplate"]>["taints"]>>(
      [],
      [{ key: "dedicated.deckhouse.io", value: "frontend", effect: "NoExecute" }],
      [
        { key: "dedicated", effect: "NoExecute" },
        { key: "dedicated", effect: "NoSchedule" },
      ],
    ),
  ),
});

const permanentGroup = fc.record({
  replicas: fc.integer({ min: 1, max: 7 }),
  hasOwnDatastore: fc.boolean(),
  connection: connectionPlan,
  machine,
  nodeTemplate: maybe(nodeTemplate),
});

/** Masters are as large as the installer wants them. */
const masters = permanentGroup.map((group) => {
  const { numCPUs, memory, rootDiskSize, ...rest } = group.machine;
  const size = {
    numCPUs: Math.max(numCPUs, 4),
    memory: Math.max(memory, 7680),
    rootDiskSize: rootDiskSize && Math.max(rootDiskSize, 50),
  };
  return { ...group, machine: defined({ ...rest, ...size }) };
});

const orderedGroup = fc.record({
  minPerZone: fc.integer({ min: 0, max: 2 }),
  growth: fc.integer({ min: 0, max: 3 }),
  renewal: fc.constantFrom(
    {},
    { maxSurgePerZone: 0, maxUnavailablePerZone: 1 },
    { maxSurgePerZone: 2, maxUnavailablePerZone: 0 },
  ),
  options: nodeOptions,
  disableTimesync: maybe(fc.boolean()),
  takesFromMasters: fc.boolean(),
  machine,
  nodeTemplate: maybe(nodeTemplate),
});

type Drawn<T> = T extends fc.Arbitrary<infer Value> ? Value : never;

/** The StorageClass of the first datastore, which has blanks in its name and so no pattern for it. */
function storageClassOf({ datacenter, zones }: RawRegion): string | undefined {
  const datastore = zones[0]?.datastores?.[0] ?? "";
  return storageClassName(datastorePath(datacenter, datastore)).name;
}

/** Everything about a cluster that is drawn. */
function clusterPlan({ region, number, isShared, deckhouse }: ClusterSetting) {
  const datacenter = isShared ? undefined : `/${region.datacenter.replace(/^\//, "")}`;
  const names = region.zones.map(({ name }) => name);
  const zones = isShared
    ? fc.constant(undefined)
    : maybe(fc.shuffledSubarray(names, { minLength: 1 }));
  const announcing: IngressKind[] = isShared ? [] : ["metallbBGP", "metallbL2"];
  return fc.record({
    isElsewhere: fc.nat(4).map((drawn) => drawn === 0),
    isWritten: fc.boolean(),
    connections: networksOf(datacenter, number),
    masters,
    groups: fc.array(permanentGroup, { maxLength: 3 }),
    ordered: fc.array(orderedGroup, { maxLength: 2 }),
    zones: fc.tuple(...Array.from({ length: 6 }, () => zones)),
    additionalKind: maybe(fc.constantFrom<IngressKind>("externalLoadBalancer", ...announcing)),
    additionalIngress: ingressPlan(controllerVersions(deckhouse)),
    ingressKind: maybe(fc.constantFrom<IngressKind>("externalLoadBalancer", ...announcing)),
    areFrontendsOrdered: fc.boolean(),
    hasDefaultName: fc.boolean(),
    ingress: ingressPlan(controllerVersions(deckhouse)),
    rootDiskDatastore: maybe(objectName),
    folder: fc.array(word, { minLength: 1, maxLength: 3 }),
    further: furtherKeys(isShared ? undefined : storageClassOf(region), hasCertificates(deckhouse)),
    installation: installationKeys(kubernetesVersions(deckhouse)),
  });
}

type PermanentPlan = Drawn<typeof permanentGroup>;
type OrderedPlan = Drawn<typeof orderedGroup>;

/** A complete cluster configuration for a region, with masters or without. */
export function clusterOf(setting: ClusterSetting): fc.Arbitrary<RawCluster> {
  return clusterPlan(setting).map((plan) => assembled(setting, plan));
}

function assembled(
  { number, deckhouse }: ClusterSetting,
  plan: Drawn<ReturnType<typeof clusterPlan>>,
): RawCluster {
  const { connections, isElsewhere, rootDiskDatastore } = plan;
  const groups = isElsewhere ? [] : plan.groups;
  // Traffic arrives at the first group, if there is one.
  const areOrdered = groups.length === 0 || (plan.areFrontendsOrdered && plan.ordered.length > 0);
  const kind = groups.length + plan.ordered.length > 0 ? plan.ingressKind : undefined;
  const additionalKind = kind && plan.additionalKind;
  const speaksBgp = [kind, additionalKind].includes("metallbBGP");
  const isFrontend = (isOrdered: boolean, index: number): boolean =>
    kind !== undefined && isOrdered === areOrdered && index === 0;
  const nameOf = (isOrdered: boolean, index: number): string =>
    isFrontend(isOrdered, index) && plan.hasDefaultName
      ? "frontend"
      : `${isOrdered ? "ordered" : "group"}-${index}`;
  const permanent = (group: PermanentPlan, order: number): RawGroup =>
    defined({
      replicas: group.replicas,
      zones: plan.zones[order],
      instanceClass: defined({
        ...group.machine,
        datastore:
          group.hasOwnDatastore || rootDiskDatastore === undefined
            ? group.machine.datastore
            : undefined,
        ...connected(connections, group.connection, {
          order,
          replicas: group.replicas,
          reachesRouters: speaksBgp && isFrontend(false, order - 1),
        }),
      }),
    });
  const masters = permanent(plan.masters, 0);
  const ordered = plan.ordered.map((group, index) =>
    orderedGroupOf(plan, group, {
      name: nameOf(true, index),
      zones: plan.zones[4 + index],
      isFrontend: isFrontend(true, index),
      reachesRouters: speaksBgp && isFrontend(true, index),
      masters: isElsewhere ? undefined : masters.instanceClass,
    }),
  );
  const further = groups.map((group, index) => ({
    name: nameOf(false, index),
    ...permanent(group, index + 1),
    ...templateKey(group.nodeTemplate, isFrontend(false, index)),
  }));
  const [frontends] = areOrdered ? ordered : further;
  const ingressBy = (
    one: Drawn<ReturnType<typeof ingressPlan>>,
    way: IngressKind | undefined,
    order: 0 | 1,
  ) =>
    way && frontends
      ? ingressOf(one, {
          kind: way,
          number,
          order,
          hasResources: hasResources(deckhouse),
          hasClientIPHeaderSources: hasClientIPHeaderSources(deckhouse),
          nodeGroup: frontends.name,
          routersNetwork: connections.networks.routers.spelled(plan.isWritten),
          prefix: prefixOf(
            connections,
            frontends.instanceClass.mainNetwork ?? masters.instanceClass.mainNetwork,
          ),
        })
      : undefined;
  const additional = ingressBy(plan.additionalIngress, additionalKind, 1);
  return defined({
    controlPlane: isElsewhere ? "elsewhere" : plan.isWritten ? "vSphere" : undefined,
    vmFolderPath: plan.folder.join("/"),
    sshPublicKey: publicKey,
    networks: connections.described,
    rootDiskDatastore,
    ...plan.further,
    ...(isElsewhere
      ? {}
      : { vmFolderExists: true, ...plan.installation, masterNodeGroup: masters }),
    nodeGroups: further.length === 0 ? undefined : further,
    ephemeralNodeGroups: ordered,
    ingress: ingressBy(plan.ingress, kind, 0),
    additionalIngresses: additional && [{ name: "second", ...additional }],
  });
}

/** Ordered nodes have DHCP: on a network of their own, or on the main network of the masters if that has it. */
function orderedGroupOf(
  { connections, rootDiskDatastore }: Drawn<ReturnType<typeof clusterPlan>>,
  group: OrderedPlan,
  setting: {
    readonly name: string;
    readonly zones: string[] | undefined;
    readonly isFrontend: boolean;
    readonly reachesRouters: boolean;
    readonly masters: RawInstanceClass | undefined;
  },
): RawOrderedGroup {
  const { networks } = connections;
  const { masters } = setting;
  const main = masters && networkSpelled(connections, masters.mainNetwork);
  const takes = group.takesFromMasters && main?.hasDhcp === true;
  const additional = [
    ...(takes && main === networks.public ? [networks.nodes] : []),
    ...(setting.reachesRouters ? [networks.routers] : []),
  ].map((network) => network.spelled(group.takesFromMasters));
  const { datastore, template, rootDiskSize, ...machineKeys } = group.machine;
  const canTake = group.takesFromMasters && masters !== undefined;
  const isDatastoreKnown = canTake || rootDiskDatastore !== undefined;
  return defined({
    name: setting.name,
    minPerZone: group.minPerZone,
    maxPerZone: group.minPerZone + group.growth + (setting.isFrontend ? 1 : 0),
    ...group.renewal,
    zones: setting.zones,
    ...group.options,
    ...templateKey(group.nodeTemplate, setting.isFrontend),
    instanceClass: defined({
      ...machineKeys,
      template: canTake ? undefined : template,
      datastore: isDatastoreKnown ? undefined : datastore,
      // So that the smallest template fits where it is left out.
      rootDiskSize: rootDiskSize && Math.max(rootDiskSize, smallestDisk),
      mainNetwork: takes ? undefined : networks.ordered.spelled(group.takesFromMasters),
      additionalNetworks: additional.length === 0 ? undefined : additional,
      disableTimesync: group.disableTimesync,
    }),
  });
}

/** What a group carries; frontends carry their label. */
function templateKey(
  drawn: Drawn<typeof nodeTemplate> | undefined,
  isFrontend: boolean,
): { readonly nodeTemplate?: object } {
  if (!isFrontend) {
    return drawn === undefined ? {} : { nodeTemplate: defined(drawn) };
  }
  const own = { ...drawn?.labels, "node-role.deckhouse.io/frontend": "" };
  return { nodeTemplate: defined({ ...drawn, labels: own }) };
}

function networkSpelled(
  { networks }: NetworksOfCluster,
  written: string,
): ClusterNetwork | undefined {
  return Object.values(networks).find(({ spelled }) =>
    [spelled(true), spelled(false)].includes(written),
  );
}

function prefixOf(connections: NetworksOfCluster, written: string): string {
  return networkSpelled(connections, written)?.prefix ?? "";
}
