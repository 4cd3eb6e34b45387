import fc from "fast-check";
import type { z } from "zod";
import type { configurationSchema } from "../../configuration";
import { presets, privilegeIds } from "../../privileges";
import { defined, maybe, objectName, word } from "./arbitraries";
import { templateImageOf, withoutTemplates } from "./templateImageArbitraries";

/** A configuration as a user writes it. */
export type RawConfiguration = z.input<typeof configurationSchema>;

type RawRegion = RawConfiguration["regions"][number];
type RawRole = RawConfiguration["role"];
type RawCluster = NonNullable<RawConfiguration["clusterConfiguration"]>;
type RawInstanceClass = NonNullable<RawCluster["masterNodeGroup"]>["instanceClass"];

const publicKey =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f test@example.com";

/** How one region is spelled: which objects it has is decided by its number, so that regions differ. */
interface RegionPlan {
  readonly suffix: string;
  readonly inFolder: boolean;
  readonly slash: boolean;
  readonly description: string | undefined;
  readonly zones: readonly {
    readonly suffix: string;
    readonly cluster: string;
    readonly datastores: readonly string[];
    readonly fullPaths: boolean;
  }[];
}

const regionPlan: fc.Arbitrary<RegionPlan> = fc.record({
  suffix: word,
  inFolder: fc.boolean(),
  slash: fc.boolean(),
  description: maybe(fc.string({ maxLength: 20 })),
  zones: fc.array(
    fc.record({
      suffix: word,
      cluster: objectName,
      datastores: fc.array(objectName, { minLength: 1, maxLength: 4 }),
      fullPaths: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** Numbers in front make all names differ, whatever the words are. */
function regionOf(plan: RegionPlan, number: number): RawRegion {
  const path = `${plan.inFolder ? "folder/" : ""}DC${number}`;
  const datacenter = plan.slash ? `/${path}` : path;
  return defined({
    name: `r${number}-${plan.suffix}`,
    description: plan.description,
    datacenter,
    zones: plan.zones.map((zone, index) => {
      const prefix = (folder: string): string => (zone.fullPaths ? `/${path}/${folder}/` : "");
      return {
        name: `z${number}-${index}-${zone.suffix}`,
        cluster: `${prefix("host")}${index} ${zone.cluster}`,
        datastores: zone.datastores.map(
          (name, order) => `${prefix("datastore")}${index} ${order} ${name}`,
        ),
      };
    }),
  });
}

const instanceClass: fc.Arbitrary<RawInstanceClass> = fc
  .record({
    numCPUs: fc.integer({ min: 1, max: 64 }),
    memory: fc.integer({ min: 1, max: 1_000_000 }),
    template: objectName,
    mainNetwork: objectName,
    additionalNetworks: maybe(fc.array(objectName, { maxLength: 1 })),
    datastore: objectName,
    rootDiskSize: maybe(fc.integer({ min: 1, max: 1000 })),
    resourcePool: maybe(objectName),
    runtimeOptions: maybe(
      fc
        .record({
          nestedHardwareVirtualization: maybe(fc.boolean()),
          memoryReservation: maybe(fc.integer({ min: 0, max: 100 })),
          cpuShares: maybe(fc.integer({ min: 0, max: 5000 })),
        })
        .map(defined),
    ),
  })
  .map((value) => defined(value) as RawInstanceClass);

/** Adds static addresses in a network of the group's own: `10.<region>.<group>.0/24`. */
function withAddresses(
  instance: RawInstanceClass,
  network: string,
  count: number | undefined,
): RawInstanceClass {
  return count === undefined
    ? instance
    : {
        ...instance,
        mainNetworkIPAddresses: Array.from({ length: count }, (_, index) => ({
          address: `${network}.${index + 2}/24`,
          gateway: `${network}.1`,
          nameservers: { addresses: [`${network}.1`] },
        })),
      };
}

/** A complete cluster configuration for a region. */
function clusterOf(region: RawRegion, number: number): fc.Arbitrary<RawCluster> {
  const zones = maybe(
    fc.shuffledSubarray(
      region.zones.map(({ name }) => name),
      { minLength: 1 },
    ),
  );
  const group = fc.record({
    replicas: fc.integer({ min: 1, max: 7 }),
    zones,
    instanceClass,
    static: fc.boolean(),
  });
  return fc
    .record({
      masters: group,
      groups: fc.array(
        fc.record({
          group,
          labels: maybe(fc.dictionary(word, fc.string({ maxLength: 10 }), { maxKeys: 3 })),
        }),
        { maxLength: 3 },
      ),
      prefix: maybe(word),
      folder: fc.array(word, { minLength: 1, maxLength: 3 }),
      names: maybe(fc.array(objectName, { maxLength: 3 })),
      pool: maybe(objectName),
      nested: maybe(fc.boolean()),
      timesync: maybe(fc.boolean()),
    })
    .map(({ masters, groups, prefix, folder, names, pool, nested, timesync }) => {
      const nodeGroup = (plan: typeof masters, order: number): object =>
        defined({
          replicas: plan.replicas,
          zones: plan.zones,
          instanceClass: withAddresses(
            plan.instanceClass,
            `10.${number}.${order}`,
            plan.static ? plan.replicas : undefined,
          ),
        });
      return defined({
        cloudPrefix: prefix,
        vmFolderPath: folder.join("/"),
        vmFolderExists: true,
        sshPublicKey: publicKey,
        internalNetworkCIDR: `172.16.${number}.0/24`,
        internalNetworkNames: names,
        baseResourcePool: pool,
        useNestedResourcePool: nested,
        disableTimesync: timesync,
        masterNodeGroup: nodeGroup(masters, 0),
        nodeGroups: groups.map((entry, index) => ({
          name: `group-${index}`,
          ...nodeGroup(entry.group, index + 1),
          ...(entry.labels === undefined ? {} : { nodeTemplate: { labels: entry.labels } }),
        })),
      }) as RawCluster;
    });
}

const privilegeList = fc.subarray(privilegeIds(presets.seed), { minLength: 1 });

function roleOf(regions: readonly RawRegion[]): fc.Arbitrary<RawRole> {
  const granular = {
    regions: Object.fromEntries(
      regions.map(({ name }) => [name, { distributedPortGroups: ["k8s-nodes"], vmFolder: "k8s" }]),
    ),
  };
  return fc
    .record({
      name: maybe(word.map((name) => `role-${name}`)),
      source: fc.oneof(
        fc.constantFrom<Partial<RawRole>>({}, { preset: "current" }, { preset: "seed" }),
        privilegeList.map((ids) => ({ privileges: [...ids, "Folder.Create"] })),
      ),
      extraPrivileges: maybe(privilegeList),
      groups: fc.array(fc.constantFrom("@vsphere.local", "@corp.example.com"), { maxLength: 3 }),
      grant: fc.constantFrom<Partial<RawRole>>(
        {},
        { grant: "root" },
        { grant: "datacenters" },
        { grant: [{ path: "/" }, { path: "Another/", propagate: false }] },
        { grant: "granular", granular },
      ),
    })
    .map(
      ({ name, source, extraPrivileges, groups, grant }) =>
        defined({
          name,
          ...source,
          extraPrivileges,
          principals: [
            "deckhouse@vsphere.local",
            ...groups.map((domain, index) => ({ name: `group ${index}${domain}`, group: true })),
          ],
          ...grant,
        }) as RawRole,
    );
}

const categories = fc
  .record({
    region: maybe(
      fc.record({ name: word.map((name) => `region.${name}`), existing: fc.boolean() }),
    ),
    zone: maybe(fc.record({ name: word.map((name) => `zone_${name}`) })),
  })
  .map(defined);

/** Any configuration that has no fault. */
export const rawConfiguration: fc.Arbitrary<RawConfiguration> = fc
  .record({
    plans: fc.array(regionPlan, { minLength: 1, maxLength: 3 }),
    categories: maybe(categories),
    protect: maybe(fc.boolean()),
  })
  .chain(({ plans, categories: categoryPart, protect }) => {
    const regions = plans.map(regionOf);
    return fc
      .record({
        role: roleOf(regions),
        clusters: fc.tuple(...regions.map((region, number) => maybe(clusterOf(region, number)))),
      })
      .chain(({ role, clusters }) =>
        fc
          .record({
            templateImage: maybe(templateImageOf(regions, clusters, protect === true)),
            isLeft: fc.boolean(),
          })
          .map(({ templateImage, isLeft }) => {
            const leaves = templateImage !== undefined && isLeft;
            return defined({
              regions: regions.map((region, index) =>
                defined({
                  ...region,
                  clusterConfiguration: leaves
                    ? withoutTemplates(clusters[index])
                    : clusters[index],
                }),
              ),
              categories: categoryPart,
              role,
              protect,
              templateImage,
            });
          }),
      );
  });
