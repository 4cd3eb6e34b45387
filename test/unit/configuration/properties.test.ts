import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  ConfigurationError,
  configurationSchema,
  configurationWarnings,
  parseConfiguration,
  type InstanceClass,
} from "../../../configuration";
import { isHostAddress, parseAddress, parseInterface } from "../../../configuration/networks";
import { schemaKeys } from "../../../configuration/schema/walk";
import type { TemplatePlace } from "../../../template/request";
import { repositoryRoot } from "../../../scripts/lab/folders";
import { rawConfiguration } from "../../support/configurationArbitraries";
import { mutatedConfigurations } from "../../support/mutatedConfigurations";

/** What a terminal or a web page obeys and does not show. */
const disguising = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe("properties of the configuration", () => {
  it("any configuration without faults is accepted, and keeps its names and order", () => {
    fc.assert(
      fc.property(rawConfiguration, (raw) => {
        const parsed = parseConfiguration(raw);
        assert.deepEqual(
          parsed.regions.map(({ name, zones }) => [name, zones.map((zone) => zone.name)]),
          raw.regions.map(({ name, zones }) => [name, zones.map((zone) => zone.name)]),
        );
        for (const { datacenter, zones } of parsed.regions) {
          for (const { cluster, datastores } of zones) {
            assert.ok(cluster.startsWith(`${datacenter}/host/`));
            assert.ok(datastores.every((path) => path.startsWith(`${datacenter}/datastore/`)));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("any template that is built has a place in every region, inside its datacenter", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(rawConfiguration, (raw) => {
        const { regions, templateImage } = parseConfiguration(raw);
        kinds.add(
          templateImage?.kind === "built" ? templateImage.recipe.source.kind : "nothing built",
        );
        if (templateImage?.kind !== "built") return;
        assert.deepEqual(
          Object.keys(templateImage.regions),
          regions.map(({ name }) => name),
        );
        for (const { name, datacenter } of regions) {
          const place: TemplatePlace = templateImage.regions[name]!.place;
          assert.equal(place.datacenter, datacenter);
          assert.ok(place.cluster.startsWith(`${datacenter}/host/`));
          assert.ok(place.datastore.startsWith(`${datacenter}/datastore/`));
          assert.ok(place.folder.startsWith(`${datacenter}/vm/`));
          assert.ok(place.network.startsWith(`${datacenter}/network/`));
        }
      }),
      { numRuns: 60 },
    );
    assert.equal(kinds.size, 4, "each kind came up");
  });

  it("any cluster names what it has by full paths, and its networks as they are described", () => {
    fc.assert(
      fc.property(rawConfiguration, (raw) => {
        for (const { datacenter, cluster } of parseConfiguration(raw).regions) {
          if (cluster === undefined) continue;
          const permanent =
            cluster.controlPlane === "vSphere"
              ? [cluster.masterNodeGroup, ...cluster.nodeGroups]
              : [];
          const classes = [...permanent, ...cluster.ephemeralNodeGroups].map(
            ({ instanceClass }): Partial<InstanceClass> => instanceClass,
          );
          const described = cluster.networks.map(({ path }) => path);
          assert.ok(described.every((path) => path.startsWith(`${datacenter}/network/`)));
          for (const one of classes) {
            for (const path of [one.mainNetwork ?? [], one.additionalNetworks ?? []].flat()) {
              assert.ok(described.includes(path), path);
            }
            assert.ok(one.datastore?.startsWith(`${datacenter}/datastore/`) ?? true);
            assert.ok(one.template?.startsWith(`${datacenter}/vm/`) ?? true);
            for (const { address, gateway } of one.mainNetworkIPAddresses ?? []) {
              const { network } = parseInterface(address);
              assert.ok(isHostAddress(network, parseAddress(gateway)), `${address} ${gateway}`);
            }
          }
          if (cluster.controlPlane === "vSphere") {
            const subnets = cluster.networks.map(({ subnet }) => subnet);
            const { internalNetworkCIDR, nodeGroups, masterNodeGroup } = cluster;
            const { additionalNetworks = [] } = masterNodeGroup.instanceClass;
            const isNeeded = nodeGroups.length > 0 || additionalNetworks.length > 0;
            assert.ok(!isNeeded || internalNetworkCIDR !== undefined);
            assert.ok(internalNetworkCIDR === undefined || subnets.includes(internalNetworkCIDR));
          }
          if (cluster.ingress?.kind === "metallbBGP") {
            assert.ok(described.includes(cluster.ingress.network));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("every kind of cluster and every key of it comes up, in regions or at the top", () => {
    const raws = fc.sample(rawConfiguration, { numRuns: 500, seed: 1 });
    const kinds = raws.flatMap((raw) =>
      parseConfiguration(raw).regions.map(({ cluster }) =>
        cluster === undefined ? "none" : `${cluster.controlPlane} ${cluster.ingress?.kind ?? ""}`,
      ),
    );
    assert.equal(new Set(kinds).size, 1 + 2 * 4, [...new Set(kinds)].join(", "));
    const written = new Set(raws.flatMap((raw) => keysOf(raw)));
    const missed = schemaKeys(configurationSchema)
      .map(({ path }) => path)
      .filter(
        (path) =>
          /^(clusterConfiguration|deckhouse)\.|\.(existing|formerName)$/.test(path) &&
          !written.has(path),
      );
    assert.deepEqual(missed, []);
  });

  it("every rule has a table of cases", () => {
    const index = readFileSync(join(repositoryRoot, "configuration/rules/index.ts"), "utf8");
    const lists = [...index.matchAll(/\.\.\.(\w+Rules)/g)].map(([, name]) => name ?? "");
    const tests = readdirSync(__dirname)
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => readFileSync(join(__dirname, name), "utf8"));
    const isProved = (list: string): boolean =>
      tests.some((text) => new RegExp(`describe\\w*Rules\\([^{]*\\b${list},`).test(text));
    assert.deepEqual([lists.length > 0, lists.filter((list) => !isProved(list))], [true, []]);
  });

  it("any configuration with mistakes is taken, or refused with lines that have all four parts", () => {
    const verdicts = { taken: 0, "refused by keys": 0, "refused by rules": 0 };
    fc.assert(
      fc.property(mutatedConfigurations(7), ({ configuration }) => {
        try {
          Array.from(configurationWarnings(parseConfiguration(configuration)));
          verdicts.taken += 1;
        } catch (error) {
          assert.ok(error instanceof ConfigurationError, String(error));
          const lines = error.message.split("\n");
          assert.equal(lines.length, error.findings.length + 1, "a line for each finding");
          for (const line of lines) assert.doesNotMatch(line, disguising);
          for (const { where, found, wrong, remedy } of error.findings) {
            assert.ok(![where, found, wrong, remedy].includes(""), error.message);
          }
          const isOfRules = configurationSchema.safeParse(configuration).success;
          verdicts[isOfRules ? "refused by rules" : "refused by keys"] += 1;
        }
      }),
      { numRuns: 600, endOnFailure: true },
    );
    assert.ok(Math.min(...Object.values(verdicts)) > 10, JSON.stringify(verdicts));
  });
});

/** The paths of a configuration's keys, as the schema's reference writes them; a region's cluster like that of all. */
function keysOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry) => keysOf(entry, `${path}[]`));
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, entry]) => {
    const below = `${path === "" ? "" : `${path}.`}${key}`
      .replace(/^regions\[\]\.(?=clusterConfiguration)/, "")
      .replace(/(?<=^clusterConfiguration\.extraSettings\.)[^.]+/, "<name>");
    return [below, ...keysOf(entry, below)];
  });
}
