import { unmetRequirements } from "../../template/requirements";
import { kindOf } from "../../vcenter";
import type { LiveView } from "../dynamic/liveView";
import { objectName } from "../../configuration/inventoryPaths";
import { findingText } from "../../findings/finding";
import { isSameName } from "../../findings/text";
import type { ClusterLookupInputs, NamedTemplate } from "./model";
import { spellingFault } from "./spelling";

/** What is wrong with the templates that instance classes name: two calls for each. */
export async function templateFaults(
  live: LiveView,
  templates: ClusterLookupInputs["templates"],
): Promise<string[]> {
  return (await Promise.all(templates.map((template) => faultsOf(live, template)))).flat();
}

async function faultsOf(
  live: LiveView,
  { path: written, smallestRootDisk }: NamedTemplate,
): Promise<string[]> {
  const remedy =
    "correct the template of the instance class, or leave it out there and let templateImage build one";
  const path = (await live.inventory()).realPath(written);
  const machine = await live.virtualMachine(written);
  const other = machine === undefined ? await live.anyObject(written) : undefined;
  if (other !== undefined && other.type !== "VirtualMachine") {
    return [`${path}: it is ${kindOf(other.type)}, and nodes cannot be cloned from it: ${remedy}`];
  }
  return machine === undefined
    ? [`${path}: no such template in vCenter, or this account cannot see it: ${remedy}`]
    : [
        ...unmetRequirements(path, machine, smallestRootDisk || undefined).map(findingText),
        ...(isSameName(machine.name, objectName(path)) ? spellingFault(path, machine.name) : []),
      ];
}
