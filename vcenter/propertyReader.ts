import type { CallDescription } from "./errors";
import {
  propertiesOf,
  referenceContent,
  type ManagedObjectReference,
  type Properties,
} from "./references";
import type { SoapLink } from "./soap";
import type { XmlElement } from "./xml";

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
