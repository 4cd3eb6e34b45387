import { resourcePoolPath, type TemplatePlace } from "../../templateImage/place";
import { unmetRequirements } from "../../templateImage/requirements";
import { git, packer, toolFaults, type Tool } from "../../templateImage/tools";
import { machineInPlaceOfTemplate } from "../../templateImage/advice";
import { networkKinds, type ObjectKind } from "../../vcenter";
import { lookUp } from "../findObject";
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
      `${path}: a virtual machine that is no template has the template's name: ${machineInPlaceOfTemplate}`,
    ];
  }
  return unmetRequirements(machine, smallestRootDisk === 0 ? undefined : smallestRootDisk).map(
    (fault) => `${path}: ${fault}`,
  );
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
        `${path}: no such ${kind} in vCenter, or this account cannot see it: correct templateImage.places`,
    );
}

/** The inputs, which the state keeps, have the names of tools and not what is known of them. */
function toolsNamed(names: readonly string[]): Tool[] {
  return [git, packer].filter(({ name }) => names.includes(name));
}
