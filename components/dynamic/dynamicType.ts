/** The dynamic providers of this project, by the name under which ../providers.ts makes them. */
export type DynamicProviderName =
  | "vCenter"
  | "existingObjects"
  | "tagAttachments"
  | "permission"
  | "roleGuard"
  | "templateLookup"
  | "clusterLookup";

/** By what the engine and its process for dynamic resources find the provider of a resource. */
export interface DynamicType {
  /** The type token of the resource. */
  readonly type: string;
  /** An input of every resource of the type. */
  readonly __provider: string;
}

/** What a state requires to get at the providers: the file launch/dynamicProvider.js. It is in every state, and fixed for good. */
let door = "./dynamicProvider.js";

/** From now on resources are for a program outside of this repository, which has it as the package `deckhouse-vsphere`. */
export function openFromPackage(): void {
  door = "deckhouse-vsphere/dynamicProvider";
}

/**
 * How the state names a kind of dynamic resource.
 *
 * The type token must begin with `pulumi-nodejs:dynamic` for the engine to choose the provider process for dynamic
 * resources, and that process looks for the input `__provider` (@pulumi/pulumi, cmd/dynamic-provider). Both are known
 * here and nowhere else. The token stands in every state and never changes again. The engine shows
 * `dynamic/tagAttachments:TagAttachments` as `dynamic:TagAttachments` (pulumi/pulumi, pkg/backend/display/rows.go, simplifyTypeName),
 * which leaves room for what happens on a line of 120 columns.
 *
 * The input is the code that the engine stores with a dynamic resource and runs for it: one line that hands over to the
 * program's present sources. The usual way (`pulumi.dynamic.Resource`) stores the provider itself, serialised: several
 * kilobytes for each resource, and an old copy of the code that still runs in a later destroy (pulumi/pulumi#6490).
 * The path is relative to the folder of the program's entry point, launch/. In the program of somebody else there is no
 * such file, so the line names this package, which Node finds from the folder of that program.
 */
export function dynamicType(provider: DynamicProviderName, typeName: string): DynamicType {
  return {
    type: dynamicTypeToken(provider, typeName),
    __provider: `exports.handler = () => require("${door}")("${provider}");`,
  };
}

/** The type token of a kind of dynamic resource, as {@link dynamicType} says. */
export function dynamicTypeToken(provider: DynamicProviderName, typeName: string): string {
  return `pulumi-nodejs:dynamic/${provider}:${typeName}`;
}
