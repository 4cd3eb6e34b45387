import type { CallDescription } from "./errors";
import { referenceContent, type ManagedObjectReference } from "./references";
import type { SoapLink } from "./soap";
import type { XmlElement } from "./xml";

/** Properties of an object by their paths. Those that are unset, or that the account may not read, are missing. */
export type Properties = ReadonlyMap<string, XmlElement>;

/** The properties in one `returnval` (an ObjectContent) of RetrieveProperties. */
export function propertiesOf(object: XmlElement): Properties {
  const properties = new Map<string, XmlElement>();
  for (const property of object.children("propSet")) {
    const value = property.child("val");
    if (value) properties.set(property.child("name")?.text ?? "", value);
  }
  return properties;
}

/**
 * Reads properties of one object, in one call.
 * @param paths such as `name` and `config.hardware.device`
 * @throws VCenterError `notFound` with the code ManagedObjectNotFound when the object is gone
 */
export async function readProperties(
  link: SoapLink,
  description: CallDescription,
  reference: ManagedObjectReference,
  paths: readonly string[],
): Promise<Properties> {
  const { propertyCollector } = await link.serviceContent();
  const [object] = await link.call({
    ...description,
    method: "RetrieveProperties",
    target: propertyCollector,
    parameters: {
      specSet: {
        propSet: { type: reference.type, pathSet: [...paths] },
        objectSet: { obj: referenceContent(reference) },
      },
    },
  });
  return object ? propertiesOf(object) : new Map();
}

/**
 * Reads properties of all objects one step away, in one call however many there are.
 * @param step the property of `from` that leads to the objects, and the type of those that are wanted
 * @returns the `returnval` elements (ObjectContent), in vCenter's order
 */
export async function readNeighbours(
  link: SoapLink,
  description: CallDescription,
  from: ManagedObjectReference,
  step: { readonly path: string; readonly type: string },
  paths: readonly string[],
): Promise<XmlElement[]> {
  const { propertyCollector } = await link.serviceContent();
  return link.call({
    ...description,
    method: "RetrieveProperties",
    target: propertyCollector,
    parameters: {
      specSet: {
        propSet: { type: step.type, pathSet: [...paths] },
        objectSet: {
          obj: referenceContent(from),
          skip: true,
          selectSet: {
            "@xsi:type": "TraversalSpec",
            type: from.type,
            path: step.path,
            skip: false,
          },
        },
      },
    },
  });
}
