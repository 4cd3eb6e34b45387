import { findingText, type Finding } from "../../../findings/finding";
import { resourcePoolPath, type TemplatePlace } from "../../../template/place";
import { machineInPlaceOfTemplate, unmetRequirements } from "../../../template/requirements";
import { git, packer, toolFaults, type Tool } from "../../../template/tools";
import { networkKinds, type ObjectKind, type VirtualMachine } from "../../../vcenter";
import { lookUp } from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
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
      ...(await toolFaults(toolsNamed(making.tools))).map(findingText),
    ];
  }
  const faults = faultsOf(path, machine, making !== undefined, smallestRootDisk);
  // What is as it should be costs no look at the inventory.
  const shown = faults.length === 0 ? path : (await live.inventory()).realPath(path);
  return faults.map((fault) => findingText({ ...fault, where: shown }));
}

/** What is wrong with a template, or with what is in its place. */
function faultsOf(
  where: string,
  machine: VirtualMachine | undefined,
  isOwn: boolean,
  smallestRootDisk: number,
): Finding[] {
  if (machine === undefined) {
    const wrong = "no such template in vCenter, or this account cannot see it";
    const remedy = "correct templateImage.existing, or let templateImage build one (builtin)";
    return [{ severity: "error", where, wrong, remedy }];
  }
  if (isOwn && !machine.isTemplate) return [machineInPlaceOfTemplate(where)];
  return unmetRequirements(where, machine, smallestRootDisk || undefined);
}

/** What the place names and vCenter does not have. */
async function missingPlaces(live: LiveView, place: TemplatePlace): Promise<string[]> {
  const inventory = await live.inventory();
  const listed: readonly (readonly [path: string, kinds: readonly ObjectKind[]])[] = [
    [place.datacenter, ["datacenter"]],
    [place.cluster, ["cluster", "standalone host"]],
    [place.datastore, ["datastore"]],
    [place.folder, ["folder"]],
    [place.network, networkKinds],
  ];
  const missing = listed.flatMap(([path, kinds]) => {
    const found = lookUp(inventory, path, kinds);
    return "fault" in found ? [found.fault.text()] : [];
  });
  if (missing.length > 0) return missing;
  const others: readonly (readonly [path: string, kind: ObjectKind])[] = [
    ...(place.resourcePool === "" ? [] : [[resourcePoolPath(place), "resource pool"] as const]),
    ...(place.host === undefined ? [] : [[`${place.cluster}/${place.host}`, "host"] as const]),
  ];
  const found = await Promise.all(others.map(([path, kind]) => live.object(path, kind)));
  return others
    .filter((_, index) => found[index] === undefined)
    .map(
      ([path, kind]) =>
        `${inventory.realPath(path)}: no such ${kind} in vCenter, or this account cannot see it: correct templateImage.places`,
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
          "with that region first), or name one that exists (templateImage.existing)",
      ];
}

/** The inputs, which the state keeps, have the names of tools and not what is known of them. */
function toolsNamed(names: readonly string[]): Tool[] {
  return [git, packer].filter(({ name }) => names.includes(name));
}
