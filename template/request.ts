import type { ImageRecipe } from "./recipe";

/** How long each stage may take, in seconds. */
export interface TemplateTimeouts {
  readonly fetch: number;
  readonly init: number;
  readonly build: number;
  readonly copy: number;
  readonly cleanUp: number;
}

const secondsPerUnit = { s: 1, m: 60, h: 3600 } as const;

/** The seconds in `90s`, `45m` or `2h`; the schema accepts no other form. */
export function secondsIn(duration: string): number {
  const unit = duration.slice(-1) as keyof typeof secondsPerUnit;
  return Number(duration.slice(0, -1)) * secondsPerUnit[unit];
}

/** The vCenter, and the account to use. */
export interface TemplateVCenter {
  readonly server: string;
  readonly user: string;
  readonly insecure: boolean;
  /** The environment variable with the password, used when {@link passwordVariable} is not set. */
  readonly passwordVariable: string;
  /** PEM. */
  readonly certificateAuthority?: string;
}

/** How to build a template. */
export interface BuildRequest {
  readonly recipe: ImageRecipe;
  /** Where guests reach Packer's HTTP server; Packer chooses when omitted. */
  readonly httpAddress?: string;
}

/** A job of the runner: one template in one datacenter. Stored in the state, so it contains no secret. */
export interface TemplateRequest {
  /** The template's name. */
  readonly name: string;
  readonly place: TemplatePlace;
  readonly vCenter: TemplateVCenter;
  readonly timeouts: TemplateTimeouts;
  /** GiB, of the nodes; omitted when there are none. */
  readonly smallestRootDisk?: number;
  readonly build?: BuildRequest;
  /** The full path of the template to copy. */
  readonly copyFrom?: string;
}

/** What the runner prints on standard output, as one line of JSON; the state stores nothing else. */
export interface TemplateResult {
  /** The full path of the template. */
  readonly template: string;
  /** `VirtualMachine:vm-42`. */
  readonly reference: string;
  /** The instance UUID of the vCenter that the reference belongs to. */
  readonly vCenter: string;
  /** Whether this stack made it, and may remove it; a template that it found may belong to others. */
  readonly origin: "built" | "copied" | "found";
}

/** The environment variable that passes a {@link TemplateRequest} as JSON. */
export const requestVariable = "DECKHOUSE_VSPHERE_TEMPLATE_REQUEST";

/** The environment variable that passes the building account's password when the stack's configuration has it. */
export const passwordVariable = "DECKHOUSE_VSPHERE_BUILDING_PASSWORD";

/** Changes when a template has to be made again because somebody removed it. Nothing reads it. */
export const rebuildVariable = "DECKHOUSE_VSPHERE_TEMPLATE_REBUILDS";

/** The password of the building account. @throws Error when no variable has it */
export function buildingPassword(variable: string, environment: NodeJS.ProcessEnv): string {
  const password = environment[passwordVariable] || environment[variable];
  if (password === undefined || password === "") {
    throw new Error(`neither ${passwordVariable} nor ${variable} is set`);
  }
  return password;
}

/** The request as the component wrote it, in JSON. @throws Error when there is none */
export function requestText(environment: NodeJS.ProcessEnv): string {
  const text = environment[requestVariable];
  if (text === undefined) throw new Error(`${requestVariable} is not set`);
  return text;
}

/** Where in vCenter a template is made, in full inventory paths. */
export interface TemplatePlace {
  /** `/X1` */
  readonly datacenter: string;
  /** `/X1/host/x1_cluster_prod` */
  readonly cluster: string;
  /** The name of a host in the cluster; required in a cluster without DRS. */
  readonly host?: string;
  /** Relative to the cluster's root resource pool: `packer`. Empty for the root resource pool itself. */
  readonly resourcePool: string;
  /** `/X1/datastore/x1_root` */
  readonly datastore: string;
  /** `/X1/vm/Templates` */
  readonly folder: string;
  /** `/X1/network/k8s-nodes` */
  readonly network: string;
}

/** The full path of a template. */
export function templatePath(place: Pick<TemplatePlace, "folder">, name: string): string {
  return `${place.folder}/${name}`;
}

/** A template's path in Deckhouse's documents: relative to the datacenter's vm folder. */
export function pathForDeckhouse(
  place: Pick<TemplatePlace, "datacenter" | "folder">,
  name: string,
): string {
  return relativePath(place.datacenter, templatePath(place, name));
}

/**
 * An object's path relative to one of the datacenter's own folders, whatever that folder is called: the form that
 * Packer's plugin expects.
 */
export function relativePath(datacenter: string, path: string): string {
  const start = `${datacenter}/`;
  const end = path.indexOf("/", start.length);
  return path.startsWith(start) && end >= 0 ? path.slice(end + 1) : path;
}

/** The full path of a resource pool of a cluster, whose root resource pool is called `Resources` in vCenter. */
export function resourcePoolPath({
  cluster,
  resourcePool,
}: Pick<TemplatePlace, "cluster" | "resourcePool">): string {
  return resourcePool === "" ? `${cluster}/Resources` : `${cluster}/Resources/${resourcePool}`;
}
