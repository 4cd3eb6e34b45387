/**
 * The stack configuration for the inventory that the simulated vCenter generates: zones in pairs, one pair for each
 * region, as lab/vcenter/README.md describes.
 *
 * @param zones how many zones, an even number
 * @param datastores how many datastores each zone has
 */
export function generatedConfiguration(zones: number, datastores: number): Record<string, unknown> {
  return {
    regions: Array.from({ length: zones / 2 }, (_, index) => index + 1).map((region) => ({
      name: `k8s-region-x${region}`,
      datacenter: `X${region}`,
      zones: [region * 2 - 1, region * 2].map((zone) => ({
        name: `k8s-zone-${zone}`,
        cluster: `x${region}_cluster_${numbered(zone, 3)}`,
        datastores: datastoreNames(zone, datastores),
      })),
    })),
    role: { preset: "seed", principals: ["deckhouse@vsphere.local"] },
  };
}

/** The names of a generated zone's datastores. */
export function datastoreNames(zone: number, datastores: number): string[] {
  return Array.from(
    { length: datastores },
    (_, index) => `zone${numbered(zone, 2)}_lun_${numbered(index + 1, 4)}`,
  );
}

function numbered(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
