import * as pulumi from "@pulumi/pulumi";

import { DynamicResource } from "../../dynamic/dynamicResource";
import type { CategoryLookupInputs } from "./provider";

/** A look, at every preview, for tag categories that others made. One that is not there fails the preview. */
export class CategoryLookup extends DynamicResource {
  /** The ids, by the categories' names. Known at preview, also at the first. */
  declare readonly categoryIds: pulumi.Output<Readonly<Record<string, string>>>;

  constructor(name: string, args: CategoryLookupInputs, options?: pulumi.CustomResourceOptions) {
    super("categoryLookup", "CategoryLookup", name, { ...args, categoryIds: undefined }, options);
  }
}
