import assert from "node:assert/strict";
import { valueAt } from "../../support/changedConfiguration";
import { bgpKey, tainted, tolerations, withPassword } from "./metallbSupport";
import { documentsWith, find, testFields, testFixed } from "./support";

const bgp = "cluster.ingress.metallbBGP";

describe("MetalLB by custom resources, field by field", () => {
  testFixed("ModuleConfig/metallb", {
    "spec.version": 3,
    "spec.enabled": true,
    "spec.settings": undefined,
  });
  testFixed("MetalLoadBalancerPool", {
    apiVersion: "network.deckhouse.io/v1alpha1",
    "metadata.name": "ingress-k8s-region-x1",
  });
  testFields("MetalLoadBalancerPool", {
    "spec.addresses": bgpKey("addresses", ["203.0.113.64/27", "203.0.113.130-203.0.113.140"]),
    "spec.autoAssign": bgpKey("autoAssign", false),
    "spec.avoidBuggyIPs": bgpKey("avoidBuggyIPs", true),
  });
  testFixed("MetalLoadBalancerBGPPeer", {
    apiVersion: "network.deckhouse.io/v1alpha1",
    "metadata.name": "router-k8s-region-x1-1",
    "spec.bfd": undefined,
  });
  testFields("MetalLoadBalancerBGPPeer", {
    "spec.peerAddress": [{ [`${bgp}.routers`]: ["192.0.2.7"] }, "192.0.2.7"],
    "spec.peerASN": bgpKey("routerASN", 4200000001),
    "spec.myASN": bgpKey("clusterASN", 4200000002),
    "spec.peerPort": bgpKey("routerPort", 65535),
    "spec.routerID": bgpKey("routerID", "192.0.2.99"),
    "spec.holdTime": bgpKey("holdTime", "9s"),
    "spec.passwordSecretRef.name": [{}, "metallb-bgp-k8s-region-x1", withPassword],
    "spec.passwordSecretRef.namespace": [{}, "d8-system", withPassword],
    "spec.sourceAddresses[0].nodeName": [
      { [`${bgp}.sourceAddresses`]: [{ nodeName: "x1-frontend-0", address: "192.0.2.11" }] },
      "x1-frontend-0",
    ],
    "spec.sourceAddresses[0].address": [
      { [`${bgp}.sourceAddresses`]: [{ nodeName: "x1-frontend-0", address: "192.0.2.11" }] },
      "192.0.2.11",
    ],
  });
  testFixed("MetalLoadBalancerConfiguration", {
    apiVersion: "network.deckhouse.io/v1alpha1",
    "metadata.name": "frontend-k8s-region-x1",
    "spec.mode": "BGP",
    "spec.nodeSelector": { "node-role.deckhouse.io/frontend": "" },
    "spec.advertisements[0].poolNames": ["ingress-k8s-region-x1"],
  });
  testFields("MetalLoadBalancerConfiguration", {
    "spec.bgp.peerNames": [
      { [`${bgp}.routers`]: ["192.0.2.1", "192.0.2.2", "192.0.2.3"] },
      ["router-k8s-region-x1-1", "router-k8s-region-x1-2", "router-k8s-region-x1-3"],
    ],
    "spec.advertisements[0].bgp.communities": bgpKey("communities", ["64512:100", "no-export"]),
    "spec.advertisements[0].bgp.localPref": bgpKey("localPref", 100),
    "spec.advertisements[0].bgp.aggregationLength": bgpKey("aggregationLength", 24),
  });
  testFields("ModuleConfig/metallb", {
    "spec.settings": [tainted, { speaker: { tolerations } }],
  });

  it("keeps the password in a Secret that the module finds, and nowhere else", () => {
    const documents = documentsWith({}, withPassword);
    assert.deepEqual(find(documents, "Secret"), {
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "metallb-bgp-k8s-region-x1",
        namespace: "d8-system",
        labels: { "network.deckhouse.io/metallb-bgp-password": "true" },
      },
      stringData: { password: "parole" },
    });
    assert.equal(JSON.stringify(documents).split("parole").length, 2);
    assert.equal(find(documentsWith(), "Secret"), undefined);
  });

  it("keeps names of objects within 63 characters, whatever the region is called", () => {
    const region = `${"r".repeat(47)}-${"x".repeat(15)}`;
    const names = documentsWith(
      { "regions[0].name": region, "cluster.cloudPrefix": "x1" },
      withPassword,
    ).flatMap((document) => ("metadata" in document ? [document.metadata.name] : []));
    assert.deepEqual(
      names.filter((name) => name.includes("rrr")),
      [
        `metallb-bgp-${"r".repeat(47)}-xxx`,
        `ingress-${"r".repeat(47)}-${"x".repeat(7)}`,
        `router-${"r".repeat(47)}-${"x".repeat(6)}-1`,
        `router-${"r".repeat(47)}-${"x".repeat(6)}-2`,
        `frontend-${"r".repeat(47)}-${"x".repeat(6)}`,
      ],
    );
  });
});

describe("Versions of Deckhouse", () => {
  const resources = [
    "MetalLoadBalancerPool",
    "MetalLoadBalancerBGPPeer",
    "MetalLoadBalancerBGPPeer",
    "MetalLoadBalancerConfiguration",
  ];
  const resourcesFor = (version: string): string[] =>
    documentsWith({ "deckhouse.version": version })
      .map(({ kind }) => kind)
      .filter((kind) => kind.startsWith("MetalLoadBalancer"));
  const settingsFor = (version: string): unknown =>
    valueAt(
      find(documentsWith({ "deckhouse.version": version }), "ModuleConfig/metallb"),
      "spec.settings.bgpPeers[0].peer-address",
    );
  for (const version of ["1.8", "1.70", "1.76", "1.76.9"]) {
    it(`${version} has BGP in the settings of the module, and no custom resource`, () => {
      assert.deepEqual(resourcesFor(version), []);
      assert.equal(settingsFor(version), "192.0.2.1");
    });
  }
  for (const version of ["1.77", "1.77.0", "1.100"]) {
    it(`${version} has BGP in custom resources, and not in the settings of the module too`, () => {
      assert.deepEqual(resourcesFor(version), resources);
      assert.equal(settingsFor(version), undefined);
    });
  }
});
