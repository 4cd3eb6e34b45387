import type * as pulumi from "@pulumi/pulumi";

import type { Configuration } from "../../configuration";
import { VCenter } from "./resource";
import { VSphereProvider } from "../vsphereProvider/resource";
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
