import { patternFor, templateFor } from "./packerText";
import { relativePath, type TemplatePlace } from "./place";
import type { ImageRecipe, VariableValue } from "./recipe";
import type { TemplateVCenter } from "./request";

type Variables = Record<string, VariableValue>;

/** What every Packer folder has to declare: the program gives it (Deckhouse's packer folder, README.md). */
export const requiredVariables = [
  "vcenter_server",
  "vcenter_username",
  "vcenter_password",
  "vcenter_cluster",
  "vcenter_datacenter",
  "vcenter_resource_pool",
  "vcenter_datastore",
  "vcenter_folder",
  "vm_network",
  "image_name_suffix",
] as const;

/** The key of the configuration to use in place of a variable that the program sets itself. */
export const keysOfVariables: Readonly<Record<string, string>> = {
  vcenter_server: "vsphere:vsphereServer",
  vcenter_username: "templateImage.account",
  vcenter_password: "templateImagePassword",
  vcenter_insecure_connection: "vsphere:allowUnverifiedSsl",
  vcenter_cluster: "templateImage.places.<region>.cluster",
  vcenter_datacenter: "regions[].datacenter",
  vcenter_host: "templateImage.places.<region>.host",
  vcenter_resource_pool: "templateImage.places.<region>.resourcePool",
  vcenter_datastore: "templateImage.places.<region>.datastore",
  vcenter_folder: "templateImage.folder",
  vm_network: "templateImage.places.<region>.network",
  os_iso_url: "templateImage.isoUrl",
  iso_checksum: "templateImage.isoChecksum",
  num_cpu: "templateImage.numCPUs",
  num_cores: "templateImage.coresPerSocket",
  vm_ram: "templateImage.memory",
  root_disk_size: "templateImage.diskSize",
};

/**
 * Where to build, with the names and in the form that Packer's plugin takes; all but the password. The texts are for
 * options of the plugin, which then sees each as it is.
 */
export function placeVariables(
  { server, user, insecure }: TemplateVCenter,
  place: TemplatePlace,
): Variables {
  const { datacenter } = place;
  const object = (path: string): string => templateFor(patternFor(path));
  return {
    vcenter_server: templateFor(server),
    vcenter_username: templateFor(user),
    vcenter_datacenter: object(datacenterName(datacenter)),
    vcenter_cluster: object(relativePath(datacenter, place.cluster)),
    vcenter_resource_pool: object(place.resourcePool),
    vcenter_datastore: object(relativePath(datacenter, place.datastore)),
    vcenter_folder: object(relativePath(datacenter, place.folder)),
    vm_network: object(relativePath(datacenter, place.network)),
    ...(place.host === undefined ? {} : { vcenter_host: object(place.host) }),
    ...(insecure ? { vcenter_insecure_connection: true } : {}),
  };
}

/**
 * What the configuration says of the image. The further variables are in Packer's own language, and stay as they are: a
 * boot command has `{{ .HTTPIP }}` in it.
 */
export function recipeVariables(
  { installer, hardware, variables }: ImageRecipe,
  nameSuffix: string,
): Variables {
  const { numCPUs, coresPerSocket, memory, diskSize } = hardware;
  return {
    ...variables,
    ...(installer === undefined
      ? {}
      : {
          os_iso_url: templateFor(installer.url),
          iso_checksum: templateFor(installer.checksum),
        }),
    ...(numCPUs === undefined ? {} : { num_cpu: numCPUs }),
    ...(coresPerSocket === undefined ? {} : { num_cores: coresPerSocket }),
    ...(memory === undefined ? {} : { vm_ram: memory }),
    // Packer's plugin counts in MiB.
    ...(diskSize === undefined ? {} : { root_disk_size: diskSize * 1024 }),
    image_name_suffix: nameSuffix,
  };
}

/** A datacenter in no folder goes by its name, as in Deckhouse's documents; another one needs its whole path. */
function datacenterName(path: string): string {
  return path.lastIndexOf("/") === 0 ? path.slice(1) : path;
}
