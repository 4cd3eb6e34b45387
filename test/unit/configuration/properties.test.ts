import assert from "node:assert/strict";
import fc from "fast-check";
import {
  configurationSchema,
  parseConfiguration,
  type InstanceClass,
} from "../../../configuration";
import { isHostAddress, parseAddress, parseInterface } from "../../../configuration/ipv4";
import { rules } from "../../../configuration/rules";
import { schemaKeys } from "../../../configuration/schemaKeys";
import type { TemplatePlace } from "../../../template/place";
import { changed } from "../../support/changedConfiguration";
import { rawConfiguration } from "../../support/configurationArbitraries";
import { breaks, neverBrokenAlone } from "./breaks";
import { faultLines } from "./support";

describe("properties of the configuration", function () {
  // Well under a second by itself; a busy machine takes longer.
  this.timeout(20_000);

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
            assert.ok(subnets.includes(cluster.internalNetworkCIDR), cluster.internalNetworkCIDR);
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
      .filter((path) => /^(clusterConfiguration|deckhouse)\./.test(path) && !written.has(path));
    assert.deepEqual(missed, []);
  });

  for (const [title, { rule, changes, path, says }] of Object.entries(breaks)) {
    it(`one broken rule gives its message and no other: ${title}`, () => {
      fc.assert(
        fc.property(rawConfiguration, (raw) => {
          const broken = changed(raw, changes(raw));
          const lines = faultLines(broken);
          assert.equal(lines.length, 1, lines.join("\n"));
          assert.ok(lines[0]?.startsWith(`${path(raw)}: found `), lines[0]);
          assert.ok(lines[0]?.includes(says), lines[0]);
          assert.deepEqual(rulesBrokenBy(broken), [rule]);
        }),
        // To look for a smaller configuration takes minutes, and changes what is told little.
        { numRuns: 8, endOnFailure: true },
      );
    });
  }

  it("every rule is among those that are broken alone, or there is a reason why not", () => {
    const covered = Object.values(breaks).map(({ rule }) => rule);
    assert.deepEqual(
      rules.map(({ name }) => name).sort(),
      [...new Set([...covered, ...Object.keys(neverBrokenAlone)])].sort(),
    );
    assert.ok(!covered.some((rule) => Object.hasOwn(neverBrokenAlone, rule)));
  });
});

/** The names of the rules that find a fault in a configuration in which the schema finds none. */
function rulesBrokenBy(raw: unknown): string[] {
  const draft = configurationSchema.parse(raw);
  return rules.filter((rule) => rule(draft, () => false).length > 0).map(({ name }) => name);
}

/** The paths of a configuration's keys, as the schema's reference writes them; a region's cluster like that of all. */
function keysOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry) => keysOf(entry, `${path}[]`));
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, entry]) => {
    const below = `${path === "" ? "" : `${path}.`}${key}`.replace(
      /^regions\[\]\.(?=clusterConfiguration)/,
      "",
    );
    return [below, ...keysOf(entry, below)];
  });
}
