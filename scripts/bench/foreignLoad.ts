import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { datastoreNames } from "../examples/exampleConfiguration";
import { repositoryRoot } from "../lab/folders";

/** What others have in the vCenter, and the stack has no business with. */
export interface ForeignLoad {
  readonly permissions: number;
  readonly networks: number;
}

/** As many users as hold the permissions of others. */
const foreignUsers = 100;

/** The part of the simulator's inventory (lab/vcenter/README.md) that is changed. */
interface Described extends Record<string, unknown> {
  users: { name: string }[];
  categories: { tags: { attachedTo?: string[] }[] }[];
  permissions: { path: string; principal: string; role: string }[];
}

/**
 * Writes the inventory that the simulator generates for that many zones, with networks of others in its datacenters and
 * permissions of others on them.
 *
 * @returns the path of the file, for Simulator.start
 */
export function writeForeignLoad(
  folder: string,
  zones: number,
  datastores: number,
  { permissions, networks }: ForeignLoad,
): string {
  const text = readFileSync(join(repositoryRoot, "lab/vcenter/inventory.yaml"), "utf8");
  const described = parse(text) as Described;
  const regions = count(zones / 2);
  const each = count(Math.ceil(networks / regions.length)).map((number) => `other_${number}`);
  const users = count(foreignUsers).map((number) => `other-${number}@vsphere.local`);
  const paths = regions.flatMap((region) => each.map((name) => `/X${region}/network/${name}`));
  for (const { tags } of described.categories) for (const tag of tags) delete tag.attachedTo;
  const file = join(folder, "inventory.yaml");
  const inventory = {
    ...described,
    datacenters: regions.map((region) => datacenter(region, datastores, each)),
    users: [...described.users, ...users.map((name) => ({ name }))],
    permissions: [
      ...described.permissions.filter(({ path }) => path === "/"),
      ...count(permissions).map((number) => ({
        path: paths[(number - 1) % paths.length],
        principal: users[Math.floor((number - 1) / paths.length) % users.length],
        role: "backup-operator",
      })),
    ],
  };
  writeFileSync(file, stringify(inventory));
  return file;
}

/** A datacenter as the simulator generates it, with more networks. */
function datacenter(region: number, datastores: number, networks: readonly string[]): object {
  const zones = [region * 2 - 1, region * 2].map((zone) => ({
    cluster: `x${region}_cluster_${String(zone).padStart(3, "0")}`,
    names: datastoreNames(zone, datastores),
  }));
  return {
    name: `X${region}`,
    clusters: zones.map(({ cluster }) => ({ name: cluster, hosts: 3 })),
    datastores: zones.flatMap(({ cluster, names }) =>
      names.map((name) => ({ name, clusters: [cluster] })),
    ),
    networks,
  };
}

/** The numbers from 1. */
function count(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
