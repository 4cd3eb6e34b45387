import * as pulumi from "@pulumi/pulumi";

import type { TemplatePlace } from "../../../template/place";
import { DynamicResource } from "../../dynamic/dynamicResource";

/** The inputs of a TemplateLookup resource, as a program gives them. */
export interface TemplateLookupArgs {
  /** Full inventory path of the template. */
  readonly path: string;
  /** GiB: the smallest root disk of the nodes that are cloned from it. */
  readonly smallestRootDisk?: number | undefined;
  /** Where and with what programs it is made when it is not there; absent for a template that others made. */
  readonly making?: { readonly place: TemplatePlace; readonly tools: readonly string[] };
}

/** A look at a template, at every preview; vCenter is not changed. */
export class TemplateLookup extends DynamicResource {
  /** Grows when the template has to be made again, because somebody removed it. */
  declare readonly rebuilds: pulumi.Output<number>;

  constructor(
    name: string,
    { path, smallestRootDisk = 0, making }: TemplateLookupArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(
      "templateLookup",
      "TemplateLookup",
      name,
      { path, smallestRootDisk, making, rebuilds: undefined },
      options,
    );
  }
}
