import {
  SimulatorControl,
  type Guest,
  type Machine,
  type Snapshot as WholeSnapshot,
} from "../lab/simulatorControl";

/** The part of the simulated vCenter's state that the demonstration shows. */
export interface Snapshot extends Pick<WholeSnapshot, "attachments" | "roles"> {
  readonly permissions: readonly Omit<WholeSnapshot["permissions"][number], "group">[];
}

/** A tag on an object, by their names. */
export type Attachment = Snapshot["attachments"][number];

/** Reads back what the simulated vCenter really has. */
export async function readSnapshot(control: string): Promise<Snapshot> {
  return new SimulatorControl(control).snapshot();
}

/** What is in `after` but not in `before`. */
export function added(before: Snapshot, after: Snapshot): Snapshot {
  return {
    attachments: without(after.attachments, before.attachments),
    roles: without(after.roles, before.roles),
    permissions: without(after.permissions, before.permissions),
  };
}

/** How many tags, roles and permissions that were there before are gone or have changed. */
export function lost(before: Snapshot, after: Snapshot): number {
  const missing = added(after, before);
  return missing.attachments.length + missing.roles.length + missing.permissions.length;
}

function without<Entry>(all: readonly Entry[], some: readonly Entry[]): Entry[] {
  const known = new Set(some.map((entry) => JSON.stringify(entry)));
  return all.filter((entry) => !known.has(JSON.stringify(entry)));
}

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
      const reach = propagate ? "and everything below" : "only";
      return `${principal}  has role ${role}  on ${path} ${reach}`;
    }),
  ];
}

const bytesOfGibibyte = 1024 ** 3;

/** The templates that were built or copied in the simulated vCenter, and what happened in the simulated guest. */
export async function readTemplates(control: string): Promise<string[]> {
  const simulator = new SimulatorControl(control);
  const [machines, guests] = [await simulator.virtualMachines(), await simulator.guests()];
  return machines
    .filter(({ path }) => !path.endsWith("-of-others"))
    .flatMap((machine) => {
      const guest = guests.find(({ path }) => path === machine.path);
      return [
        `${machine.path}  ${guest === undefined ? "copied" : "built by Packer"}`,
        `  ${hardware(machine)}`,
        ...(guest === undefined ? [] : history(guest)),
      ];
    });
}

function hardware({ template, hardwareVersion, disks, networkAdapters }: Machine): string {
  const sizes = disks.map(({ bytes }) => `${(bytes / bytesOfGibibyte).toFixed(1)} GiB`);
  const adapters = networkAdapters.map(({ type, network }) => `${type} on ${network}`);
  const kind = template ? "a template" : "a virtual machine";
  return `${kind}, ${hardwareVersion}, disk ${sizes.join(", ")}, ${adapters.join(", ")}`;
}

function history({ fetches, sshUsers, commands }: Guest): string[] {
  return [
    ...fetches.map(({ url, status }) => `  its installer fetched ${url} (${status})`),
    `  prepared over SSH as ${sshUsers.join(", ")} with ${commands.length} commands`,
  ];
}

/**
 * The text of a stack file with the name of one cluster misspelt.
 * @throws Error when the file has no cluster
 */
export function mistaken(configuration: string): string {
  const text = configuration.replace(/^( *cluster: \S+?)d$/m, "$1");
  if (text === configuration) throw new Error("the example has no cluster to misspell");
  return text;
}

/** How many lines of a document are shown. */
const shownLines = 16;

/** The beginning of the document of a kind in a file of several, and how much of the file that is. */
export function excerpt(file: string, kind: string): string[] {
  const documents = file.split(/^---\n/m);
  const found = documents.find((text) => text.includes(`kind: ${kind}\n`)) ?? file;
  const lines = found.trimEnd().split("\n");
  const rest = file.trimEnd().split("\n").length - Math.min(lines.length, shownLines);
  return [...lines.slice(0, shownLines), `... and ${rest} more lines`];
}
