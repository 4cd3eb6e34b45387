import { resourcePoolPath, type TemplatePlace } from "../../templateImage/place";
import { unmetRequirements } from "../../templateImage/requirements";
import { git, packer, toolFaults, type Tool } from "../../templateImage/tools";
import { missingObject } from "../findObject";
import type { LiveView } from "../liveView";
import type { TemplateLookupInputs } from "./model";

/**
 * Everything that stands in the way of using a template, or of making it when it is not there, found at preview.
 * Nothing is asked of this machine when the template is there: then nothing is built.
 */
export async function checkTemplate(
  live: LiveView,
  { path, smallestRootDisk, making }: TemplateLookupInputs,
): Promise<string[]> {
  const machine = await live.virtualMachine(path);
  if (machine === undefined) {
    return making === undefined
      ? [
          `${path}: no such template in vCenter, or this account cannot see it: correct templateImage.existing, or let ` +
            "templateImage build one (builtin)",
        ]
      : [
          ...(await missingPlaces(live, making.place)),
          ...(await toolFaults(toolsNamed(making.tools))),
        ];
  }
  if (making !== undefined && !machine.isTemplate) {
    return [
      `${path}: a virtual machine that is no template has the template's name: rename or remove it, or turn it into a ` +
        "template again if it was one",
    ];
  }
  return unmetRequirements(machine, smallestRootDisk === 0 ? undefined : smallestRootDisk).map(
    (fault) => `${path}: ${fault}`,
  );
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
        `${path}: no such object in vCenter, or this account cannot see it: correct templateImage.places`,
    );
}

/** The inputs, which the state keeps, have the names of tools and not what is known of them. */
function toolsNamed(names: readonly string[]): Tool[] {
  return [git, packer].filter(({ name }) => names.includes(name));
}
