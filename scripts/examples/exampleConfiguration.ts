import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repositoryRoot } from "../lab/folders";

/** A zone, as the stack configuration writes it. */
export interface WrittenZone {
  name: string;
  description?: string;
  cluster: string;
  datastores: string[];
}

/** A region, as the stack configuration writes it. */
export interface WrittenRegion {
  name: string;
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
