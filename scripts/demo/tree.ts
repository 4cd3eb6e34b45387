import type { Attachment, Snapshot } from "./snapshot";

/** What kind of object a path of the inventory leads to. */
type Kind = "datacenter" | "cluster" | "datastore";

function kindOf(path: string): Kind {
  if (path.includes("/host/")) return "cluster";
  return path.includes("/datastore/") ? "datastore" : "datacenter";
}

/**
 * The tags on objects as a tree: below a region's tag its datacenter, below that the tags of its zones with their
 * cluster and datastores.
 */
export function tagTree(attachments: readonly Attachment[]): string[] {
  const regions = attachments.filter(({ path }) => kindOf(path) === "datacenter");
  return regions.flatMap(({ tag, category, path: datacenter }) => {
    const inside = attachments.filter(({ path }) => path.startsWith(`${datacenter}/`));
    const ofRegion = inside.filter((other) => other.tag === tag && other.category === category);
    const regionDatastores = new Set(ofRegion.map(({ path }) => path));
    const zones = inside.filter(({ path }) => kindOf(path) === "cluster");
    return [
      `${tag}  (${category})  datacenter ${datacenter}`,
      ...zones.flatMap((zone, index) => {
        const datastores = inside.filter(
          (other) => other.tag === zone.tag && kindOf(other.path) === "datastore",
        );
        return zoneLines(zone, datastores, regionDatastores, index === zones.length - 1);
      }),
    ];
  });
}

function zoneLines(
  zone: Attachment,
  datastores: readonly Attachment[],
  regionDatastores: ReadonlySet<string>,
  isLast: boolean,
): string[] {
  const rail = isLast ? "   " : "│  ";
  return [
    `${isLast ? "└─" : "├─"} ${zone.tag}  (${zone.category})  cluster ${lastName(zone.path)}`,
    ...datastores.map(({ path }, index) => {
      const branch = index === datastores.length - 1 ? "└─" : "├─";
      const both = regionDatastores.has(path) ? "zone and region tag" : "zone tag only";
      return `${rail}${branch} datastore ${lastName(path)}  ${both}`;
    }),
  ];
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The roles and who has them where, one line each. */
export function accessLines({
  roles,
  permissions,
}: Pick<Snapshot, "roles" | "permissions">): string[] {
  return [
    ...roles.map(({ name, privileges }) => {
      const own = privileges.filter((privilege) => !privilege.startsWith("System."));
      return `role ${name}  ${own.length} privileges`;
    }),
    ...permissions.map(({ path, principal, role, propagate }) => {
      const reach = propagate ? "and all below" : "alone";
      return `${principal}  has role ${role}  on ${path} ${reach}`;
    }),
  ];
}
