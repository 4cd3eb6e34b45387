import * as pulumi from "@pulumi/pulumi";

/** The dynamic providers of this project, by the name under which ./index.ts makes them. */
export type DynamicProviderName =
  | "vCenter"
  | "categoryLookup"
  | "tagAttachments"
  | "permission"
  | "templateLookup"
  | "clusterLookup";

/**
 * The code that the engine stores with a dynamic resource and runs for it: one line that hands over to the program's
 * present sources. The usual way (`pulumi.dynamic.Resource`) stores the provider itself, serialised: several kilobytes
 * for each resource, and an old copy of the code that still runs in a later destroy (pulumi/pulumi#6490).
 * The path is relative to the folder of the program's entry point, launch/.
 */
function providerCode(name: DynamicProviderName): string {
  return `exports.handler = () => require("./dynamicProvider.js")("${name}");`;
}

/**
 * A resource whose life is managed by one of this project's dynamic providers.
 *
 * The type token must begin with `pulumi-nodejs:dynamic` for the engine to choose the provider process for dynamic
 * resources, and that process looks for the input `__provider` (@pulumi/pulumi, cmd/dynamic-provider). Both are known
 * here and nowhere else.
 */
export abstract class DynamicResource extends pulumi.CustomResource {
  protected constructor(
    provider: DynamicProviderName,
    typeName: string,
    name: string,
    inputs: pulumi.Inputs,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(
      `pulumi-nodejs:dynamic/deckhouse-vsphere:${typeName}`,
      name,
      { ...inputs, __provider: providerCode(provider) },
      options,
    );
  }
}
