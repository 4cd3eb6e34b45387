import * as pulumi from "@pulumi/pulumi";

import { DynamicResource } from "../dynamic/dynamicResource";
import type { ClusterLookupInputs } from "./model";

/**
 * A look, at every preview, whether vCenter has what the documents of a cluster name; vCenter is not changed. One that
 * is missing fails the preview, all of them at once.
 */
export class ClusterLookup extends DynamicResource {
  /** The id of the storage policy, empty when the documents name none. Known at preview, also at the first. */
  declare readonly storagePolicyId: pulumi.Output<string>;

  constructor(name: string, args: ClusterLookupInputs, options?: pulumi.CustomResourceOptions) {
    super("clusterLookup", "ClusterLookup", name, { ...args, storagePolicyId: undefined }, options);
  }
}
