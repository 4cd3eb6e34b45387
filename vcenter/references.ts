import type { XmlContent, XmlElement } from "./xml";

/**
 * A managed object reference: what vCenter calls an object, stable while the object stays registered,
 * but not across registering it again. Resolve it from the inventory path on each run.
 */
export interface ManagedObjectReference {
  /** For example `Datacenter`, `ClusterComputeResource`, `Datastore`, `Folder`. */
  readonly type: string;
  /** For example `datacenter-21`. */
  readonly id: string;
}

/** The key of a reference in a Map or Set, and its form in texts: `Datastore:datastore-12`. */
export function objectKey(reference: ManagedObjectReference): string {
  return `${reference.type}:${reference.id}`;
}

/** Only the reference of what may be a whole object: vCenter refuses fields it does not know. */
export function plainReference({ type, id }: ManagedObjectReference): ManagedObjectReference {
  return { type, id };
}

/** The plain references without repeats, in the order of their first appearance. */
export function distinctObjects(
  references: readonly ManagedObjectReference[],
): ManagedObjectReference[] {
  const distinct = new Map(
    references.map((reference) => [objectKey(reference), plainReference(reference)]),
  );
  return [...distinct.values()];
}

/** Cuts a list into pieces of at most `size` items, keeping the order. */
export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  const batches: Item[][] = [];
  for (let start = 0; start < items.length; start += size) {
    batches.push(items.slice(start, start + size));
  }
  return batches;
}

/** A reference as XML content. */
export function referenceContent(reference: ManagedObjectReference): XmlContent {
  return { "@type": reference.type, "#text": reference.id };
}

/** A reference read from an element such as `<obj type="Datastore">datastore-1</obj>`. */
export function readReference(element: XmlElement): ManagedObjectReference {
  return { type: element.attribute("type") ?? "", id: element.text };
}

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
