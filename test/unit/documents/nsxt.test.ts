import assert from "node:assert/strict";
import { valueAt, type Changes } from "../../support/changedConfiguration";
import { certificate, documentsWith, find, testFields, type Known } from "./support";

const kind = "VsphereClusterConfiguration";

describe("VsphereClusterConfiguration, nsxt, field by field", () => {
  const nsxt = {
    host: "nsx.example.com",
    user: "deckhouse",
    defaultIpPoolName: "pool1",
    tier1GatewayPath: "/infra/tier-1s/one",
    loadBalancerClass: [{ name: "public", ipPoolName: "pool2" }],
  };
  const known: Known = { secrets: { clusterAccountPassword: "geheim", nsxtPassword: "one" } };
  const own = (key: string, value: unknown): readonly [Changes, unknown] => [
    { [`cluster.nsxt.${key}`]: value },
    value,
  ];
  testFields(
    kind,
    {
      "nsxt.host": own("host", "192.0.2.9"),
      "nsxt.user": own("user", "admin"),
      "nsxt.password": [
        {},
        "two",
        { secrets: { clusterAccountPassword: "x", nsxtPassword: "two" } },
      ],
      "nsxt.insecureFlag": own("insecureFlag", true),
      "nsxt.caBundle": own("caBundle", certificate),
      "nsxt.defaultIpPoolName": own("defaultIpPoolName", "pool9"),
      "nsxt.tier1GatewayPath": own("tier1GatewayPath", "/infra/tier-1s/two"),
      "nsxt.size": own("size", "XLARGE"),
      "nsxt.defaultTcpAppProfileName": own("defaultTcpAppProfileName", "tcp1"),
      "nsxt.defaultUdpAppProfileName": own("defaultUdpAppProfileName", "udp1"),
      "nsxt.loadBalancerClass[0].name": own("loadBalancerClass[0].name", "internal"),
      "nsxt.loadBalancerClass[0].ipPoolName": own("loadBalancerClass[0].ipPoolName", "pool3"),
      "nsxt.loadBalancerClass[0].tcpAppProfileName": own(
        "loadBalancerClass[0].tcpAppProfileName",
        "tcp2",
      ),
      "nsxt.loadBalancerClass[0].udpAppProfileName": own(
        "loadBalancerClass[0].udpAppProfileName",
        "udp2",
      ),
    },
    [{ "cluster.nsxt": nsxt }, known],
  );

  it("has no insecureFlag next to certificates", () => {
    const changes = { "cluster.nsxt": { ...nsxt, insecureFlag: false, caBundle: certificate } };
    const found = valueAt(find(documentsWith(changes, known), kind), "nsxt") as object;
    assert.equal("insecureFlag" in found, false);
    assert.equal("caBundle" in found, true);
  });
});
