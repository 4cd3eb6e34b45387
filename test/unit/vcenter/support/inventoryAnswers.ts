/** An object in an answer: type, id, name, and its parent's type and id. */
export type ListedObject = readonly [
  type: string,
  id: string,
  name: string,
  parentType?: string,
  parentId?: string,
];

/** The `returnval` elements of RetrieveProperties for these objects, escaped as vCenter does. */
export function inventoryXml(objects: readonly ListedObject[]): string {
  return objects
    .map(([type, id, name, parentType, parentId]) => {
      const parent = parentId
        ? `<propSet><name>parent</name><val type="${parentType}" xsi:type="ManagedObjectReference">${parentId}</val></propSet>`
        : "";
      return `<returnval><obj type="${type}">${id}</obj><propSet><name>name</name><val xsi:type="xsd:string">${escape(name)}</val></propSet>${parent}</returnval>`;
    })
    .join("");
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&#34;")
    .replaceAll("'", "&#39;");
}
