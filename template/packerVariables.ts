import { relativePath, type TemplatePlace, type TemplateVCenter } from "./request";
import type { ImageRecipe, VariableValue } from "./recipe";

type Variables = Record<string, VariableValue>;

/** What every Packer folder has to declare because the program sets it (Deckhouse's Packer folder, README.md). */
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

/** The setting to use instead of a variable that the program sets itself. */
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
 * The vCenter and the place to build in, under the names and in the form that Packer's vSphere plugin expects, without
 * the password.
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
 * What the configuration says about the image. The user's additional variables are passed on unchanged, since they are
 * written in Packer's own language: a boot command contains `{{ .HTTPIP }}`.
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

/** A datacenter outside any folder goes by its name, as in Deckhouse's documents; any other needs its full path. */
function datacenterName(path: string): string {
  return path.lastIndexOf("/") === 0 ? path.slice(1) : path;
}

/**
 * A template of Go's text/template that yields exactly this text. Every plugin of Packer expands the texts of its
 * options as such templates, once (packer-plugin-sdk, template/config/decode.go). Most texts are their own template.
 *
 * HCL normalises Unicode to NFC (zclconf/go-cty, cty.StringVal), also in JSON and in the environment, whereas vCenter
 * compares passwords byte by byte. So a text that is not in NFC is passed in the escapes of Go's string literals.
 */
export function templateFor(text: string): string {
  // A brace in front of such a character is quoted with it: it would otherwise join the `{{` that follows.
  const special = text === text.normalize("NFC") ? /\{{2,}/g : /\{{2,}|\{*[^\0-\u007F]+/g;
  return text.replaceAll(special, (found) => `{{"${goEscapes(found)}"}}`);
}

/** Escapes whole code points, because a string literal of Go must not contain halves of surrogate pairs. */
function goEscapes(text: string): string {
  return text.replaceAll(/[^\0-\u007F]/gu, (character) => {
    const point = (character.codePointAt(0) ?? 0).toString(16);
    return point.length > 4 ? `\\U${point.padStart(8, "0")}` : `\\u${point.padStart(4, "0")}`;
  });
}

/**
 * A pattern of Go's path.Match that matches only the object at this path: the vSphere plugin looks objects up by such
 * patterns (govmomi, find/recurser.go). A dot at the start of a name is escaped too, because govmomi takes `..` for the
 * parent, `...` for everything below, and a path that starts with a dot for one from the root folder.
 *
 * @param path an inventory path, or a name
 */
export function patternFor(path: string): string {
  return path.replaceAll(/[*?[\]\\]|(?<=^|\/)\./g, "\\$&");
}
