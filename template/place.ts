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
