import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { configurationSchema } from "../../../configuration";
import { documentationOf } from "../../../configuration/schemaDocumentation";
import { schemaKeys } from "../../../configuration/schemaKeys";
import { presets } from "../../../configuration/privileges";
import {
  configurationReference,
  referenceFile,
  typeName,
} from "../../../scripts/generateConfigurationReference";

describe("the reference of the configuration", () => {
  const keys = schemaKeys(configurationSchema);

  it("is current", () => {
    assert.equal(
      readFileSync(referenceFile, "utf8"),
      configurationReference(),
      "run npx tsx scripts/generateConfigurationReference.ts",
    );
  });

  it("lists the keys of every depth, each once", () => {
    const paths = keys.map(({ path }) => path);
    assert.equal(new Set(paths).size, paths.length);
    for (const path of [
      "regions",
      "regions[].zones[].datastores",
      "regions[].clusterConfiguration",
      "categories.zone.existing",
      "role.principals[].group",
      "role.grant[].propagate",
      "role.granular.regions.<name>.distributedPortGroups",
      "clusterConfiguration.networks[].nameservers.search",
      "clusterConfiguration.ephemeralNodeGroups[].instanceClass.disableTimesync",
      "clusterConfiguration.ingress.metallbBGP.sourceAddresses[].nodeName",
      "clusterConfiguration.nsxt.loadBalancerClass[].udpAppProfileName",
      "deckhouse.registryCA",
      "clusterConfiguration.nodeGroups[].nodeTemplate.taints[].effect",
    ]) {
      assert.ok(paths.includes(path), path);
    }
  });

  for (const { path, schema } of keys) {
    it(`describes ${path}, with an example that the schema accepts`, () => {
      const { description = "", examples } = documentationOf(schema);
      assert.match(description, /^.{10,}\.$/s);
      assert.ok(examples.length > 0);
      for (const example of examples) {
        const result = (schema as typeof configurationSchema).safeParse(example);
        assert.ok(result.success, `${JSON.stringify(example)}: ${String(result.error)}`);
      }
    });
  }

  it("lists the secrets and the connection", () => {
    const text = configurationReference();
    for (const part of [
      "### `vsphere:vsphereServer`",
      "### `vsphere:password`",
      "`VSPHERE_ALLOW_UNVERIFIED_SSL`",
      "### `deckhouse-vsphere:clusterAccountPassword`",
      "### `deckhouse-vsphere:nsxtPassword`",
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it("offers the presets that there are", () => {
    const preset = keys.find(({ path }) => path === "role.preset");
    assert.ok(preset);
    assert.equal(
      typeName(preset.schema),
      Object.keys(presets)
        .map((name) => `\`${name}\``)
        .join(", "),
    );
  });
});
