import { compact } from "../../configuration/compact";
import type { DocumentInputs } from "../inputs";
import type { StorageClassSettings, VsphereProviderModuleConfig } from "../types";
import { certificateCheck } from "./certificates";
import { networkNames } from "./inventoryNames";
import { moduleConfig } from "./moduleConfig";
import { nsxtDocument } from "./nsxt";

/**
 * Builds the settings of the vSphere provider. Where the masters are in vSphere, `VsphereClusterConfiguration` says
 * all of it but the StorageClasses, and nothing is said twice.
 *
 * @param inputs the region and its cluster
 * @returns undefined when there is nothing to set
 */
export function vsphereProviderModule(
  inputs: DocumentInputs,
): VsphereProviderModuleConfig | undefined {
  const { cluster } = inputs.region;
  if (cluster.controlPlane === "elsewhere") {
    return providerModule(compact(allSettings(inputs)));
  }
  const storageClass = storageClassSettings(inputs);
  return storageClass && providerModule({ storageClass });
}

function providerModule(
  settings: NonNullable<VsphereProviderModuleConfig["spec"]["settings"]>,
): VsphereProviderModuleConfig {
  return moduleConfig<VsphereProviderModuleConfig>("cloud-provider-vsphere", 2, settings);
}

function allSettings(inputs: DocumentInputs) {
  const { region, categories, provider, secrets } = inputs;
  const { cluster } = region;
  return {
    host: provider.server,
    username: provider.username,
    password: secrets.clusterAccountPassword,
    ...certificateCheck(provider),
    vmFolderPath: cluster.vmFolderPath,
    regionTagCategory: categories.region,
    zoneTagCategory: categories.zone,
    region: region.name,
    zones: region.zones,
    sshKeys: [cluster.sshPublicKey],
    ...networkNames(cluster.networks),
    disableTimesync: cluster.disableTimesync,
    storageClass: storageClassSettings(inputs),
    nsxt: nsxtDocument(cluster.nsxt, secrets),
  };
}

function storageClassSettings({
  region: {
    cluster: { storageClasses = {} },
  },
}: DocumentInputs): StorageClassSettings | undefined {
  const { exclude, default: standard, compatibilityFlag } = storageClasses;
  const settings = compact({ exclude, default: standard, compatibilityFlag });
  return Object.keys(settings).length === 0 ? undefined : settings;
}
