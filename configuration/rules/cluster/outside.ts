import { datacenterPath, isInside, objectName, objectPath } from "../../inventoryPaths";
import { finding, type Finding } from "../../../findings/finding";
import type { DatacenterFolder } from "../../../vcenter";

/** An object that nodes need. */
interface NeededObject {
  /** Where the configuration names it. */
  readonly path: string;
  /** The name, as it is written; undefined where there is none. */
  readonly written: string | undefined;
  /** Of the region; undefined when it could not be read. */
  readonly datacenter: string | undefined;
}

/**
 * The fault of an object that is not in the datacenter of the nodes that need it.
 *
 * @param object what the configuration names
 * @param folder the datacenter's folder for such objects
 */
export function outsideOfRegion(
  { path, written, datacenter }: NeededObject,
  folder: DatacenterFolder,
): Finding[] {
  if (
    datacenter === undefined ||
    written === undefined ||
    isInside(datacenter, folder, objectPath(datacenter, folder, written))
  ) {
    return [];
  }
  const place = datacenterPath(datacenter);
  return [
    finding(
      path,
      written,
      `it is outside ${place}, where the nodes are`,
      `write a path that begins with ${place}/${folder}/, or ${objectName(written)} alone`,
    ),
  ];
}
