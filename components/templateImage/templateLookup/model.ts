import type { TemplatePlace } from "../../../template/place";

/** The inputs of a TemplateLookup resource, as the provider process receives them. */
export interface TemplateLookupInputs {
  /** Full inventory path of the template. */
  readonly path: string;
  /** GiB: the smallest root disk of the nodes that are cloned from it; 0 when there are none. */
  readonly smallestRootDisk: number;
  /** Where and with what it is made when it is not there; absent for a template that others made. */
  readonly making?: Making;
}

/** What making a template needs. */
export interface Making {
  readonly place: TemplatePlace;
  /** The names of programs that this machine needs: `git`, `packer`. None for a copy. */
  readonly tools: readonly string[];
}

/** What the state holds. */
export interface TemplateLookupOutputs extends TemplateLookupInputs {
  /** How often the template was not there when it was looked for again. A number that grows has it made again. */
  readonly rebuilds: number;
}
