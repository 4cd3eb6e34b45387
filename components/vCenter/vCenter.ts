import * as pulumi from "@pulumi/pulumi";
import packageInformation from "@pulumi/vsphere/package.json";

import { DynamicResource } from "../dynamic/dynamicResource";
import type { LoadedConfiguration } from "../../configuration/load";
import { usedDocumentSecrets, type UsedSecrets } from "../../configuration/secrets";
import type { Readiness } from "../../preflight/readiness";
import type { Seen, VCenterInputs } from "./identity";
import type { Look } from "./preflight";

/**
 * Makes sure that the stack works in its own vCenter, and that this has everything that the stack wants of it.
 *
 * @returns the vCenter, and options for every component: it waits until the vCenter is known to be the right one, and
 *   uses the provider that works there alone
 */
export function useVCenter({
  configuration,
  connection,
  documentSecrets,
  names,
}: LoadedConfiguration): {
  readonly vCenter: VCenter;
  readonly options: pulumi.ComponentResourceOptions;
} {
  const { isPreflightOff, protect, vCenter: chosen } = configuration;
  const { server, user } = connection;
  const secrets = usedDocumentSecrets(configuration, documentSecrets);
  const look: Look = { configuration, names, user, isPreview: pulumi.runtime.isDryRun() };
  const vCenter = new VCenter(
    "vcenter",
    {
      ...{ server, restoredAs: chosen.restoredAs ?? "", look: JSON.stringify(look) },
      ...(Object.keys(secrets).length > 0 && { documentSecrets: pulumi.secret(secrets) }),
    },
    { protect },
  );
  const provider = new VSphereProvider(
    "vsphere",
    { instanceUuid: vCenter.instanceUuid, ...(isPreflightOff && { preflight: "off" }) },
    { dependsOn: vCenter },
  );
  return { vCenter, options: { dependsOn: vCenter, providers: { vsphere: provider } } };
}

/** The inputs of a {@link VCenter}, as the program gives them. */
export type VCenterArgs = Omit<VCenterInputs, "documentSecrets"> & {
  /** A secret, as in {@link VCenterInputs}. */
  readonly documentSecrets?: pulumi.Output<UsedSecrets>;
};

/**
 * The vCenter that the stack is made in: let everything else depend on it. A preview, up, refresh or destroy that would
 * go to another one is refused, and so is a preview or up of which the vCenter lacks something, with everything it lacks.
 * Its outputs are known at preview, also at the first.
 */
export class VCenter extends DynamicResource {
  /** The vCenter's own id. */
  declare readonly instanceUuid: pulumi.Output<string>;
  /** The id of each region's storage policy; empty where the region's documents name none. */
  declare readonly storagePolicyIds: pulumi.Output<Seen["storagePolicyIds"]>;
  /** The privileges that this vCenter does not know, and that the roles are made without. */
  declare readonly privilegesLeftOut: pulumi.Output<Seen["privilegesLeftOut"]>;
  /** What each check of the preflight has come to. */
  declare readonly readiness: pulumi.Output<Readiness>;

  constructor(name: string, args: VCenterArgs, options?: pulumi.CustomResourceOptions) {
    const found: Record<keyof Seen | "instanceUuid", undefined> = {
      instanceUuid: undefined,
      asked: undefined,
      storagePolicyIds: undefined,
      privilegesLeftOut: undefined,
      readiness: undefined,
    };
    super("vCenter", "VCenter", name, { ...args, ...found }, options);
  }
}

/** What the relay before the vSphere provider is told; the provider itself knows none of it. */
export interface VSphereProviderArgs {
  /** The id of the vCenter that the stack was made in. */
  readonly instanceUuid: pulumi.Input<string>;
  /**
   * Given when a preview may do without vCenter. In the state, because the engine refreshes a stack before it runs the
   * program, and keeps using the provider that it has started for that.
   */
  readonly preflight?: "off" | undefined;
}

/**
 * The vSphere provider for the stack's own vCenter. It takes address, user and password from the settings that the
 * stack has at the time, so that none of them is in the state, and refuses to work in another vCenter (./main.ts).
 */
export class VSphereProvider extends pulumi.ProviderResource {
  constructor(name: string, args: VSphereProviderArgs, options?: pulumi.ResourceOptions) {
    const { name: packageName, version } = packageInformation.pulumi;
    super(packageName, name, { ...args }, { version, ...options });
  }
}
