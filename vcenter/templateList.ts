import type { ManagedObjectReference } from "./objects";
import type { SoapLink } from "./soap/link";
import { propertiesOf, readReference, referenceContent } from "./soap/messages";

/** A template, where it is. */
export interface ListedTemplate extends ManagedObjectReference {
  /** As stored: `/ \ %` inside a name are `%2f %5c %25`. */
  readonly name: string;
  /** The folder that it is in. */
  readonly folder: ManagedObjectReference;
}

/** From the root folder through folders and datacenters down to what is in the folders for machines. */
const steps = [
  { name: "childEntity", type: "Folder", path: "childEntity", then: ["childEntity", "vmFolder"] },
  { name: "vmFolder", type: "Datacenter", path: "vmFolder", then: ["childEntity"] },
];

/**
 * All templates below folders of virtual machines, in one call however many machines there are.
 * @throws VCenterError
 */
export async function listTemplates(link: SoapLink): Promise<ListedTemplate[]> {
  const { rootFolder, propertyCollector } = await link.serviceContent();
  const objects = await link.call({
    operation: "list the templates",
    object: "/",
    method: "RetrieveProperties",
    target: propertyCollector,
    parameters: {
      specSet: {
        propSet: { type: "VirtualMachine", pathSet: ["name", "parent", "config.template"] },
        objectSet: {
          obj: referenceContent(rootFolder),
          skip: false,
          selectSet: steps.map(({ name, type, path, then }) => ({
            "@xsi:type": "TraversalSpec",
            ...{ name, type, path, skip: false },
            selectSet: then.map((next) => ({ name: next })),
          })),
        },
      },
    },
  });
  return objects.flatMap((object) => {
    const reference = object.child("obj");
    const properties = propertiesOf(object);
    const parent = properties.get("parent");
    const name = properties.get("name")?.text;
    const isTemplate = properties.get("config.template")?.text === "true";
    if (!reference || !parent || !name || !isTemplate) return [];
    return [{ ...readReference(reference), name, folder: readReference(parent) }];
  });
}
