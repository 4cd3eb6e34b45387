import type { Mark } from "../../../findings/change";

/** A region: its datacenter and its zones. */
export interface RegionPlan {
  readonly datacenter: string;
  /** The clusters of the zones, by the zones' names. */
  readonly zones: ReadonlyMap<string, string>;
}

/** The regions by their names, in their order. */
export type Topology = ReadonlyMap<string, RegionPlan>;

/** The tags by the paths of the objects that they are on. */
export type TagsByPath = ReadonlyMap<string, ReadonlySet<string>>;

/** What the stack tags, before and after. */
export interface Tagging {
  readonly before: TagsByPath;
  readonly after: TagsByPath;
  /** Tags that would be taken off though no `up` of this stack put them there. */
  readonly foreign: readonly { readonly tag: string; readonly paths: readonly string[] }[];
}

/** A region in the picture of the topology. */
export interface PictureRegion {
  readonly name: string;
  readonly mark: Mark;
  readonly zones: readonly PictureZone[];
}

/** A zone in the picture of the topology. */
export interface PictureZone {
  readonly name: string;
  readonly mark: Mark;
  readonly objects: readonly PictureObject[];
}

/** A cluster or a datastore in the picture of the topology. */
export interface PictureObject {
  readonly kind: "cluster" | "datastore";
  readonly path: string;
  readonly mark: Mark;
}
