import * as pulumi from "@pulumi/pulumi";
import packageInformation from "@pulumi/vsphere/package.json";

import { DynamicResource } from "../dynamic/dynamicResource";
import type { VCenterInputs } from "./identity";
import type { Configuration } from "../../configuration";
import type { VCenterConnection } from "../../vcenter";

/**
 * Makes sure that the stack works in its own vCenter.
 *
 * @returns options for every component: it waits until vCenter is known to be the right one, and uses the provider that
 *   works there alone
 */
export function useVCenter(
  { vCenter: { restoredAs = "" }, protect }: Configuration,
  { server }: VCenterConnection,
): pulumi.ComponentResourceOptions {
  const vCenter = new VCenter("vcenter", { server, restoredAs }, { protect });
  const provider = new VSphereProvider(
    "vsphere",
    { instanceUuid: vCenter.instanceUuid },
    { dependsOn: vCenter },
  );
  return { dependsOn: vCenter, providers: { vsphere: provider } };
}

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

/**
 * The vSphere provider for the stack's own vCenter. It takes address, user and password from the settings that the
 * stack has at the time, so that none of them is in the state, and refuses to work in another vCenter (./main.ts).
 */
export class VSphereProvider extends pulumi.ProviderResource {
  /** @param instanceUuid the id of the vCenter that the stack was made in */
  constructor(
    name: string,
    { instanceUuid }: { readonly instanceUuid: pulumi.Input<string> },
    options?: pulumi.ResourceOptions,
  ) {
    const { name: packageName, version } = packageInformation.pulumi;
    super(packageName, name, { instanceUuid }, { version, ...options });
  }
}
