import assert from "node:assert/strict";
import { clusterPath, allSettings, datacenterPath, datastorePath } from "../../../configuration";
import { isInside, networkPath, vmFolderPath } from "../../../configuration/inventoryPaths";
import {
  addressText,
  isHostAddress,
  parseAddress,
  parseInterface,
} from "../../../configuration/networks";
import { nearest } from "../../../findings/text";
import { pathText, shownValue } from "../../../findings/finding";
import { kubernetesObjectName } from "../../../configuration/rules/tags";

describe("inventory paths", () => {
  it("gives a datacenter one path in every spelling", () => {
    assert.deepEqual(["X1", "/X1", "X1/", "//X1"].map(datacenterPath), [
      "/X1",
      "/X1",
      "/X1",
      "/X1",
    ]);
    assert.equal(datacenterPath("folder/X1"), "/folder/X1");
  });

  it("puts names below the datacenter's folder, and keeps full paths", () => {
    assert.equal(clusterPath("X1", "x1_cluster_prod"), "/X1/host/x1_cluster_prod");
    assert.equal(clusterPath("/a/X1", "b/c"), "/a/X1/host/b/c");
    assert.equal(clusterPath("X1", "/X1/host/c"), "/X1/host/c");
    assert.equal(datastorePath("X1", "x1_lun_1"), "/X1/datastore/x1_lun_1");
    assert.equal(datastorePath("X1", "/X2/datastore/d"), "/X2/datastore/d");
    assert.equal(networkPath("X1", "k8s-nodes"), "/X1/network/k8s-nodes");
    assert.equal(vmFolderPath("X1", "k8s/x1"), "/X1/vm/k8s/x1");
  });

  it("answers the same for an answer of its own", () => {
    for (const path of ["x", "a/x", "/X1/host/x", "/X1//host/x/"]) {
      assert.equal(clusterPath("X1", clusterPath("X1", path)), clusterPath("X1", path));
    }
  });

  it("takes no datacenter for one whose name it begins with", () => {
    assert.equal(isInside("X1", "host", "/X1/host/c"), true);
    assert.equal(isInside("X1", "host", "/X10/host/c"), false);
    assert.equal(isInside("X1", "host", "/X1/datastore/c"), false);
    assert.equal(isInside("X1", "host", "/X1/host"), false);
  });
});

describe("IPv4", () => {
  it("reads and writes addresses and networks", () => {
    assert.equal(parseAddress("10.20.0.1"), 10 * 2 ** 24 + 20 * 2 ** 16 + 1);
    assert.equal(addressText(parseAddress("255.254.1.0")), "255.254.1.0");
    const { network } = parseInterface("192.168.17.77/20");
    assert.equal(addressText(network.first), "192.168.16.0");
    assert.equal(addressText(network.last), "192.168.31.255");
    assert.equal(addressText(parseInterface("203.0.113.9/0").network.last), "255.255.255.255");
  });

  it("knows which addresses a machine can have", () => {
    const can = (text: string): boolean => {
      const { network, address } = parseInterface(text);
      return isHostAddress(network, address);
    };
    assert.deepEqual(
      [
        "10.0.0.0/24",
        "10.0.0.1/24",
        "10.0.0.255/24",
        "10.0.0.0/31",
        "10.0.0.1/31",
        "10.0.0.9/32",
      ].map(can),
      [false, true, false, true, true, true],
    );
  });
});

describe("messages", () => {
  it("finds what was meant, and nothing when nothing is near", () => {
    assert.equal(nearest("datastore", ["cluster", "datastores"]), "datastores");
    assert.equal(nearest("NAME", ["game", "name"]), "name");
    assert.equal(nearest("colour", ["name", "zones"]), undefined);
  });

  it("writes paths as Pulumi reads them", () => {
    assert.equal(pathText(["a", 0, "b"]), "a[0].b");
    assert.equal(pathText(["labels", "a.b/c"]), 'labels["a.b/c"]');
  });

  it("shortens values and hides secrets", () => {
    assert.equal(shownValue("a", "x".repeat(60)), `"${"x".repeat(60)}"`);
    assert.equal(shownValue("a", "x".repeat(61)), `"${"x".repeat(59)}…"`);
    assert.equal(shownValue("a", "two\nlines"), '"two\\nlines"');
    assert.equal(shownValue("vsphere:password", "geheim"), "<hidden>");
    assert.equal(shownValue("clusterAccountPassword", 12), "<hidden>");
    assert.equal(shownValue("a", { password: "geheim" }), "an object");
    assert.equal(shownValue("a", ["geheim"]), "a list of 1");
    assert.equal(shownValue("password", undefined), "nothing");
  });

  it("names zones in Kubernetes as Deckhouse does", () => {
    assert.deepEqual(["zone_a", "Zone A", "-zoné.b-"].map(kubernetesObjectName), [
      "zonea",
      "zone-a",
      "zon.b",
    ]);
  });
});

describe("connection keys", () => {
  it("take passwords and credentials as secrets, and nothing else", () => {
    assert.deepEqual(
      allSettings.filter(({ secret }) => secret).map(({ key }) => key),
      [
        "vsphere:password",
        "deckhouse-vsphere:clusterAccountPassword",
        "deckhouse-vsphere:templateImagePassword",
        "deckhouse-vsphere:registryDockerCfg",
        "deckhouse-vsphere:bgpPassword",
        "deckhouse-vsphere:nsxtPassword",
      ],
    );
  });

  it("name the variables of the vSphere provider", () => {
    const variables = Object.fromEntries(allSettings.map(({ key, variable }) => [key, variable]));
    assert.equal(variables["vsphere:vsphereServer"], "VSPHERE_SERVER");
    assert.equal(variables["vsphere:user"], "VSPHERE_USER");
    assert.equal(variables["vsphere:password"], "VSPHERE_PASSWORD");
    assert.equal(variables["vsphere:allowUnverifiedSsl"], "VSPHERE_ALLOW_UNVERIFIED_SSL");
  });
});
