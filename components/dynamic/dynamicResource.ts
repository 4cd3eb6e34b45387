import * as pulumi from "@pulumi/pulumi";
import { dynamicType, type DynamicProviderName } from "./dynamicType";

/** A resource whose life is managed by one of this project's dynamic providers. */
export abstract class DynamicResource extends pulumi.CustomResource {
  protected constructor(
    provider: DynamicProviderName,
    typeName: string,
    name: string,
    inputs: pulumi.Inputs,
    options?: pulumi.CustomResourceOptions,
  ) {
    const { type, ...code } = dynamicType(provider, typeName);
    super(
      type,
      name,
      { ...inputs, ...code },
      // The token before the first release: a stack that was made then is continued, and not made a second time.
      pulumi.mergeOptions(options, {
        aliases: [{ type: `pulumi-nodejs:dynamic/deckhouse-vsphere:${typeName}` }],
      }),
    );
  }
}
