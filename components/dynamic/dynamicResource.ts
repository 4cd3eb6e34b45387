import * as pulumi from "@pulumi/pulumi";

/** The dynamic providers of this project, by the name under which ./index.ts makes them. */
export type DynamicProviderName =
  | "vCenter"
  | "existingObjects"
  | "tagAttachments"
  | "permission"
  | "roleGuard"
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
 * here and nowhere else. The token stands in every state and never changes again. The engine shows
 * `dynamic/tagAttachments:TagAttachments` as `dynamic:TagAttachments` (pulumi/pulumi, pkg/backend/display/rows.go, simplifyTypeName),
 * which leaves room for what happens on a line of 120 columns.
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
      `pulumi-nodejs:dynamic/${provider}:${typeName}`,
      name,
      { ...inputs, __provider: providerCode(provider) },
      // The token before the first release: a stack that was made then is continued, and not made a second time.
      pulumi.mergeOptions(options, {
        aliases: [{ type: `pulumi-nodejs:dynamic/deckhouse-vsphere:${typeName}` }],
      }),
    );
  }
}
