import * as pulumi from "@pulumi/pulumi";
import packageInformation from "@pulumi/vsphere/package.json";

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
