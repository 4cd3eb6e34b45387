import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repositoryRoot } from "../lab/folders";

/** A zone, as the stack configuration writes it. */
export interface WrittenZone {
  name: string;
  formerName?: string;
  description?: string;
  cluster: string;
  datastores: string[];
}

/** A region, as the stack configuration writes it. */
export interface WrittenRegion {
  name: string;
  formerName?: string;
  description?: string;
  datacenter: string;
  zones: WrittenZone[];
  clusterConfiguration?: Record<string, unknown>;
}

/** The part of the stack configuration that tests change. */
export interface WrittenConfiguration extends Record<string, unknown> {
  regions: WrittenRegion[];
  role: Record<string, unknown>;
  templateImage?: Record<string, unknown>;
}

/**
 * The example of two regions with two zones each: a fresh copy of Pulumi.dev.yaml to change. It names a template in
 * place of building one, which only the tests of templates do.
 */
export function exampleConfiguration(): WrittenConfiguration {
  const { templateImage: _built, ...configuration } = developmentConfiguration();
  for (const { clusterConfiguration } of configuration.regions) {
    const { masterNodeGroup } = clusterConfiguration as {
      masterNodeGroup: { instanceClass: Record<string, unknown> };
    };
    masterNodeGroup.instanceClass["template"] = "Templates/debian-12-of-others";
  }
  return configuration;
}

/** Pulumi.dev.yaml as it is: a fresh copy to change. */
export function developmentConfiguration(): WrittenConfiguration {
  const text = readFileSync(join(repositoryRoot, "Pulumi.dev.yaml"), "utf8");
  const { config } = parse(text) as { config: Record<string, unknown> };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.replace("deckhouse-vsphere:", ""), value]),
  ) as WrittenConfiguration;
}

/** A zone of the example by its name. */
export function zoneOf(configuration: WrittenConfiguration, name: string): WrittenZone {
  const zone = configuration.regions
    .flatMap(({ zones }) => zones)
    .find((candidate) => candidate.name === name);
  if (zone === undefined) {
    throw new Error(`the example has no zone ${name}`);
  }
  return zone;
}

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
