import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { grantsByPath } from "../../../components/kubernetesRole/kubernetesRole";
import { regionTree } from "../../../components/regionZoneTagging/args";
import { stackSettings } from "../../../configuration/stackSettings";
import { setVariable } from "../../support/environment";
import { exampleRegions } from "../../support/example";

describe("the tree of regions", () => {
  it("tells by name where regions and zones are", () => {
    const region = (number: number) => ({
      datacenter: `/X${number}`,
      zones: {
        [`k8s-zone-x${number}-a`]: { cluster: `/X${number}/host/x${number}_cluster_prod` },
        [`k8s-zone-x${number}-b`]: { cluster: `/X${number}/host/x${number}_cluster_stage` },
      },
    });
    const expected = { "k8s-region-x1": region(1), "k8s-region-x2": region(2) };
    assert.deepEqual(regionTree(exampleRegions), expected);
  });
});

describe("the grants", () => {
  it("have their path as the key that names the resource", () => {
    const [root, datacenter] = [
      { path: "/", role: "readOnly", propagate: false },
      { path: "/X1", role: "full", propagate: true },
    ] as const;
    assert.deepEqual(grantsByPath([root, datacenter]), { "/": root, "/X1": datacenter });
  });

  it("have their kind in it as well where a path leads to two objects, but for the first", () => {
    const common = { path: "/X1/network/n", role: "full", propagate: true } as const;
    const network = { ...common, kinds: ["standard network"] } as const;
    const group = { ...common, kinds: ["distributed port group"] } as const;
    assert.deepEqual(grantsByPath([network, group]), {
      "/X1/network/n": network,
      "/X1/network/n (distributed port group)": group,
    });
  });
});

describe("the settings of the stack", () => {
  const variable = "PULUMI_CONFIG_SECRET_KEYS";
  const before = process.env[variable];

  afterEach(() => {
    setVariable(variable, before);
    pulumi.runtime.setAllConfig({});
  });

  it("are what the engine hands over, with the keys that are encrypted", () => {
    pulumi.runtime.setAllConfig({ "vsphere:user": "somebody", "deckhouse-vsphere:regions": "[]" });
    process.env[variable] = '["vsphere:password"]';
    const { values, encryptedKeys, environment } = stackSettings();
    assert.deepEqual(values, { "vsphere:user": "somebody", "deckhouse-vsphere:regions": "[]" });
    assert.deepEqual([...encryptedKeys], ["vsphere:password"]);
    assert.equal(environment, process.env);
  });

  it("take nothing for encrypted when the engine names nothing", () => {
    for (const text of [undefined, "", "null", "{}", "[]"]) {
      setVariable(variable, text);
      assert.equal(stackSettings().encryptedKeys.size, 0);
    }
  });
});
