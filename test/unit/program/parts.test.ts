import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

import { exampleConfiguration } from "../../../configuration/exampleConfiguration";
import { parseConfiguration } from "../../../configuration";
import { clusterConfigurationDocuments } from "../../../program/clusterConfigurations";
import { grantsByPath } from "../../../program/grants";
import { regionTree } from "../../../program/regionTree";
import { stackSettings } from "../../../program/stackSettings";
import { setVariable } from "../../support/environment";
import { exampleRegions } from "../../support/example";

const example = parseConfiguration(exampleConfiguration);

describe("the tree of regions", () => {
  it("tells by name where regions and zones are", () => {
    assert.deepEqual(regionTree(exampleRegions), {
      "k8s-region-x1": {
        datacenter: "/X1",
        zones: {
          "k8s-zone-x1-a": {
            cluster: "/X1/host/x1_cluster_prod",
          },
          "k8s-zone-x1-b": {
            cluster: "/X1/host/x1_cluster_stage",
          },
        },
      },
      "k8s-region-x2": {
        datacenter: "/X2",
        zones: {
          "k8s-zone-x2-a": {
            cluster: "/X2/host/x2_cluster_prod",
          },
          "k8s-zone-x2-b": {
            cluster: "/X2/host/x2_cluster_stage",
          },
        },
      },
    });
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
});

describe("the cluster configurations", () => {
  const connection = {
    server: "vcenter.example.com",
    user: "administrator@vsphere.local",
    password: "of-the-administrator",
    insecure: false,
  };

  it("are made for each region that has one, with the cluster's own account", () => {
    const documents = clusterConfigurationDocuments(example, connection, "of-the-cluster", {});
    assert.deepEqual(Object.keys(documents), ["k8s-region-x1", "k8s-region-x2"]);
    const document = parse(documents["k8s-region-x1"] ?? "") as Record<string, unknown>;
    assert.equal(document["region"], "k8s-region-x1");
    assert.deepEqual(document["zones"], ["k8s-zone-x1-a", "k8s-zone-x1-b"]);
    assert.equal(document["regionTagCategory"], "k8s-region");
    assert.equal(document["zoneTagCategory"], "k8s-zone");
    assert.deepEqual(document["provider"], {
      server: "vcenter.example.com",
      username: "deckhouse@vsphere.local",
      password: "of-the-cluster",
    });
  });

  it("never hold the password of the account that prepares vCenter", () => {
    const documents = clusterConfigurationDocuments(example, connection, "of-the-cluster", {});
    assert.ok(!JSON.stringify(documents).includes(connection.password));
  });

  it("trust the certificates that the program trusts", () => {
    const certificateAuthority = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const documents = clusterConfigurationDocuments(
      example,
      { ...connection, certificateAuthority },
      "of-the-cluster",
      {},
    );
    const { provider } = parse(documents["k8s-region-x2"] ?? "") as {
      provider: Record<string, unknown>;
    };
    assert.equal(provider["caBundle"], certificateAuthority);
  });

  it("are none for a region without one, and none at all without a password", () => {
    const [first, second] = example.regions;
    assert.ok(first && second);
    const { clusterConfiguration: _left, ...plain } = first;
    const documents = clusterConfigurationDocuments(
      { ...example, regions: [plain, second] },
      connection,
      "of-the-cluster",
      {},
    );
    assert.deepEqual(Object.keys(documents), ["k8s-region-x2"]);
    assert.deepEqual(clusterConfigurationDocuments(example, connection, undefined, {}), {});
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
