import assert from "node:assert/strict";
import fc from "fast-check";
import { parseConfiguration } from "../../../configuration";
import { renderYaml, vsphereClusterConfiguration } from "../../../documents";
import { parse } from "yaml";
import type { TemplatePlace } from "../../../templateImage/place";
import { changed } from "../../support/changedConfiguration";
import { rawConfiguration } from "../../support/configurationArbitraries";
import { breaks } from "./breaks";
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

  for (const [title, { changes, path, says }] of Object.entries(breaks)) {
    it(`one broken rule gives its message and no other: ${title}`, () => {
      fc.assert(
        fc.property(rawConfiguration, (raw) => {
          const lines = faultLines(changed(raw, changes(raw)));
          assert.equal(lines.length, 1, lines.join("\n"));
          assert.ok(lines[0]?.startsWith(`${path(raw)}: found `), lines[0]);
          assert.ok(lines[0]?.includes(says), lines[0]);
        }),
        { numRuns: 8 },
      );
    });
  }

  it("any cluster configuration renders, and parses back to the same values", () => {
    fc.assert(
      fc.property(rawConfiguration, fc.string(), (raw, password) => {
        for (const region of parseConfiguration(raw).regions) {
          if (region.clusterConfiguration === undefined) {
            continue;
          }
          const document = vsphereClusterConfiguration({
            region: region.name,
            zones: region.zones.map(({ name }) => name),
            categories: { region: "k8s-region", zone: "k8s-zone" },
            provider: { server: "vcenter", username: "deckhouse@vsphere.local", password },
            clusterConfiguration: region.clusterConfiguration,
            template: "Templates/built",
          });
          const text = renderYaml(document);
          assert.deepEqual(parse(text), document);
          assert.deepEqual(parse(text, { version: "1.1" }), document);
          assert.equal(text, renderYaml(document));
        }
      }),
      { numRuns: 40 },
    );
  });
});
