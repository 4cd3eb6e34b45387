import { resourcePoolPath, type TemplatePlace } from "../../templateImage/place";
import { unmetRequirements } from "../../templateImage/requirements";
import { git, packer, toolFaults, type Tool } from "../../templateImage/tools";
import type { VirtualMachine } from "../../vcenter";
import { missingObject } from "../findObject";
import type { LiveView } from "../liveView";
import type { Making, TemplateLookupInputs } from "./model";

/**
 * Everything that stands in the way of using a template, or of making it when it is not there, found at preview.
 * Nothing is asked of this machine when the template is there: then nothing is built.
 */
export async function checkTemplate(
  live: LiveView,
  { path, smallestRootDisk, making }: TemplateLookupInputs,
): Promise<string[]> {
  const machine = await live.virtualMachine(path);
  if (machine === undefined && making !== undefined) {
    return [
      ...(await missingPlaces(live, making.place)),
      ...(await unknownToPacker(live, making)),
      ...(await toolFaults(toolsNamed(making.tools))),
    ];
  }
  const faults = faultsOf(machine, making !== undefined, smallestRootDisk);
  // What is as it should be costs no look at the inventory.
  const shown = faults.length === 0 ? path : (await live.inventory()).realPath(path);
  return faults.map((fault) => `${shown}: ${fault}`);
}

/** What is wrong with a template, or with what is in its place. */
function faultsOf(
  machine: VirtualMachine | undefined,
  isOwn: boolean,
  smallestRootDisk: number,
): string[] {
  if (machine === undefined) {
    return [
      "no such template in vCenter, or this account cannot see it: correct templateImage.existing, or let " +
        "templateImage build one (builtin)",
    ];
  }
  if (isOwn && !machine.isTemplate) {
    return [
      "a virtual machine that is no template has the template's name: rename or remove it, or turn it into a template " +
        "again if it was one",
    ];
  }
  return unmetRequirements(machine, smallestRootDisk === 0 ? undefined : smallestRootDisk);
}

/** What the place names and vCenter does not have. */
async function missingPlaces(live: LiveView, place: TemplatePlace): Promise<string[]> {
  const inventory = await live.inventory();
  const listed = [place.datacenter, place.cluster, place.datastore, place.folder, place.network];
  const missing = listed.filter((path) => inventory.find(path) === undefined);
  if (missing.length > 0) return missing.map((path) => missingObject(inventory, path));
  const others = [
    ...(place.resourcePool === "" ? [] : [resourcePoolPath(place)]),
    ...(place.host === undefined ? [] : [`${place.cluster}/${place.host}`]),
  ];
  const found = await Promise.all(others.map((path) => live.object(path)));
  return others
    .filter((_, index) => found[index] === undefined)
    .map(
      (path) =>
        `${inventory.realPath(path)}: no such object in vCenter, or this account cannot see it: correct templateImage.places`,
    );
}

/**
 * Packer's plugin looks for folders below `vm` of the datacenter alone.
 *
 * Source: hashicorp/packer-plugin-vsphere `builder/vsphere/driver/folder.go` (FindFolder).
 */
async function unknownToPacker(live: LiveView, { place, tools }: Making): Promise<string[]> {
  const folder = (await live.inventory()).folderPath(place.datacenter, "vm");
  return !tools.includes(packer.name) || folder === `${place.datacenter}/vm`
    ? []
    : [
        `${folder}: Packer's vSphere plugin builds nothing in a datacenter whose folder for virtual machines has another ` +
          "name than vm: build in another region and have the template copied here (templateImage.distribution: copy, " +
          "with that region first), name one that exists (templateImage.existing), or rename the folder",
      ];
}

/** The inputs, which the state keeps, have the names of tools and not what is known of them. */
function toolsNamed(names: readonly string[]): Tool[] {
  return [git, packer].filter(({ name }) => names.includes(name));
}
