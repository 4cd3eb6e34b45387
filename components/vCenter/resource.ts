import * as pulumi from "@pulumi/pulumi";

import { DynamicResource } from "../dynamic/dynamicResource";
import type { VCenterInputs } from "./model";

/**
 * The vCenter that the stack is made in: let everything else depend on it. A preview, up, refresh or destroy that would
 * go to another one is refused.
 */
export class VCenter extends DynamicResource {
  /** The vCenter's own id. Known at preview, also at the first. */
  declare readonly instanceUuid: pulumi.Output<string>;

  constructor(name: string, args: VCenterInputs, options?: pulumi.CustomResourceOptions) {
    super("vCenter", "VCenter", name, { ...args, instanceUuid: undefined }, options);
  }
}
